"""Tables of references: CSV, TSV and Excel workbooks, with one table of the names of columns."""

# A row above the header of a table, of which only the first cell has a text.
ROW_ABOVE = r"(?:\"[^\"\r\n]{1,1000}\"[,;\t]*|[^\",;\t\r\n]{1,1000}[,;\t]{2,})\r?\n"
