"""Check the references of a manuscript against records: ``check`` yields a verdict for each."""

from abstool.errors import not_installed

try:
    import rapidfuzz as _rapidfuzz  # noqa: F401 - an extra, without which nothing here works
except ImportError:
    raise not_installed("check", "rapidfuzz", "check") from None

from abstool.checking.checker import CheckOptions, check
from abstool.checking.library import Library, digest_of, forget_index
from abstool.checking.lookups import addresses_of
from abstool.checking.verdict import CODES, Finding, Verdict

__all__ = [
    "CODES",
    "CheckOptions",
    "Finding",
    "Library",
    "Verdict",
    "addresses_of",
    "check",
    "digest_of",
    "forget_index",
]
