"""The elements of a style, and what each prints for an item."""
