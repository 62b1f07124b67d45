"""Styles: what ``--style`` accepts, how citations are printed, and how abstool words them."""
