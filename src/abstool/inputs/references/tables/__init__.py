"""Tables of references: CSV, TSV and Excel workbooks, with one table of the names of columns."""
