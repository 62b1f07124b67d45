"""Read inputs: files, folders, archives, JSON and reference lists."""
