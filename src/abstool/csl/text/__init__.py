"""Marked text: its marks, the forms of words in it, and the forms of output."""
