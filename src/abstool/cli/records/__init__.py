"""What the commands do with records between reading and writing them."""
