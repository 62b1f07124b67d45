"""Draw charts as SVG: numbers in, one document out, readable on paper and by screen readers."""
