"""Read the references of a manuscript."""
