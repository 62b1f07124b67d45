"""Find out which records and items are one work: pure functions, apart from ``index_files``.

``urls`` decides which of several records has the URL that they give. ``titles`` folds titles and
says which differences make two titles different works. ``works`` has what a work is compared by,
and ``duplicates`` finds the works that repeat an earlier one. ``search`` finds titles in an index,
which ``index_files`` keeps in the cache.
"""

from abstool.matching.urls import (
    Abstracts,
    Features,
    GivenURL,
    GivenURLs,
    content_of,
    disputed,
    features,
    features_of,
    is_same,
)

__all__ = [
    "Abstracts",
    "Features",
    "GivenURL",
    "GivenURLs",
    "content_of",
    "disputed",
    "features",
    "features_of",
    "is_same",
]
