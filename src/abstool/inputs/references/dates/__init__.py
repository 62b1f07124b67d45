"""Dates of any form: those of CSL-JSON, printed ones and EDTF, and what cannot be a date."""
