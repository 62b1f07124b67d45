"""Formats of databases in which each line begins with a tag, one module per format."""
