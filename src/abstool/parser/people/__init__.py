"""Read who wrote an abstract: the author line, names, affiliations and disclosures."""
