"""Many abstracts: a listing in, its addresses, their records in a file, and what changed, out."""
