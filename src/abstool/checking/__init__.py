"""Check the references of a manuscript against records: ``check`` yields a verdict for each."""

from abstool.errors import UsageError

try:
    import rapidfuzz as _rapidfuzz  # noqa: F401 - an extra, without which nothing here works
except ImportError:
    _ADVICE = "install it: pip install 'abstool[check]'"
    raise UsageError(
        "check", "needs rapidfuzz, which is not installed", _ADVICE, page="install"
    ) from None

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
