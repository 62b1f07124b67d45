"""Count records by a property, such as session, country or author."""

from abstool.facets.counts import FACETS, FacetCount, FacetCounts, count

__all__ = ["FACETS", "FacetCount", "FacetCounts", "count"]
