"""The citations and the list of a document: order, numbers, letters and repeated names."""
