"""The words of BibTeX files: names of fields, and the commands that stand for journals."""
