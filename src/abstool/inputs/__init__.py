"""What users have: files, folders, archives, JSON and reference lists in; pages and records out."""
