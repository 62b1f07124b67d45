"""Copy a ZIP archive with some files replaced or added; the others stay packed as they are."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from copy import copy
from io import BytesIO

from abstool.errors import UnreadableInput

_LOCAL = b"PK\x03\x04"
_HEADER = 30  # bytes of a local header before the name
_HAS_DESCRIPTOR = 0x08  # a flag: the sizes follow the data
_DAMAGED = "open it in a word processor and save it again"


def replaced(data: bytes, changed: Mapping[str, bytes], subject: str) -> bytes:
    """Return an archive with the files of ``changed``, by name, in place of its own, or new.

    The other files are not unpacked, so that a bomb among them does no harm. Raises UnreadableInput
    if the archive is damaged.
    """
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        left = len(data)
        known = set()
        for info in source.infolist():
            known.add(info.filename)
            if info.filename in changed:
                kept = zipfile.ZipInfo(info.filename, info.date_time)
                kept.compress_type = zipfile.ZIP_DEFLATED
                kept.external_attr = info.external_attr
                target.writestr(kept, changed[info.filename])
                continue
            left -= info.compress_size
            if left < 0:  # files that share their bytes
                raise _damaged(subject)
            _copy(data, info, target, stream, subject)
        for name in changed.keys() - known:
            new = zipfile.ZipInfo(name)  # without the time of day: a copy is the same every time
            new.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(new, changed[name])
        target.comment = source.comment
    return stream.getvalue()


def _copy(
    data: bytes, info: zipfile.ZipInfo, target: zipfile.ZipFile, stream: BytesIO, subject: str
) -> None:
    """Copy a packed file, without unpacking it."""
    at = info.header_offset
    head = data[at : at + _HEADER]
    if not head.startswith(_LOCAL) or len(head) < _HEADER:
        raise _damaged(subject)
    start = at + _HEADER + sum(struct.unpack("<HH", head[26:]))
    packed = data[start : start + info.compress_size]
    if len(packed) < info.compress_size:
        raise _damaged(subject)
    new = copy(info)
    new.flag_bits &= ~_HAS_DESCRIPTOR
    stream.seek(target.start_dir)
    new.header_offset = stream.tell()
    stream.write(new.FileHeader(zip64=False))
    stream.write(packed)
    target.start_dir = stream.tell()
    target.filelist.append(new)
    target.NameToInfo[new.filename] = new


def _damaged(subject: str) -> UnreadableInput:
    return UnreadableInput(subject, "this document is damaged", _DAMAGED)
