"""The words of BibTeX files: the names of fields."""
