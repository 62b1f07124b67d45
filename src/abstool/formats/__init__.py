"""Export formats: one module each; its file name is the name of the format."""
