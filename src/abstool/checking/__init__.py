"""Check the references of a manuscript against records: ``check`` yields a verdict for each."""

from abstool.checking.checker import CheckOptions, check
from abstool.checking.library import Library, digest_of
from abstool.checking.verdict import CODES, Finding, Verdict

__all__ = ["CODES", "CheckOptions", "Finding", "Library", "Verdict", "check", "digest_of"]
