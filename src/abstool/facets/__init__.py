"""Count records by a property, such as session, country or author."""

from abstool.facets.counts import FACETS, Count, Counts, count

__all__ = ["FACETS", "Count", "Counts", "count"]
