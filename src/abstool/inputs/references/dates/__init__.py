"""Dates of any form: those of CSL-JSON, and what cannot be a date."""
