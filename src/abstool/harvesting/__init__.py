"""Find, fetch and compare many abstracts: listings, lists of URLs, harvests, and their changes."""
