"""Find out which records and items are one work: pure functions, without input or output.

``urls`` decides which of several records has the URL that they give. ``titles`` folds titles and
says which differences make two titles different works. ``works`` has what a work is compared by,
and ``duplicates`` finds the works that repeat an earlier one.
"""

from abstool.matching.urls import (
    Abstracts,
    Features,
    GivenURL,
    GivenURLs,
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
    "disputed",
    "features",
    "features_of",
    "is_same",
]
