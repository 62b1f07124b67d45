"""Change inputs by chance: bytes, lines, tokens, and parts of other inputs."""

import ast
from pathlib import Path
from random import Random

LONGEST = 200_000  # bytes of an input
LABELS = Path(__file__).with_name("labels.dict")
SIGNS = rb"""
< > </ /> <! <!-- --> <![CDATA[ & &# &#0; &amp; " ' = { } [ ] ( ) \ % # @ , ; : | ~ ^ _ $ //
null true 1e999 -1 0 007 99999999999999999999 \u0000 \ud800 \" {"schema":"abstool/1" "authors":[
TY\x20\x20-\x20JOUR ER\x20\x20-\x20 AU\x20\x20-\x20 PY\x20\x20-\x20 @article{x, @string{ @comment{
author={ title={ {\"u} \textit{ $^{2}$ <sup> <table> <td> <tr> <a\x20href="/abstract/x/">
Content-Type: multipart/related; boundary= Content-Transfer-Encoding: base64 quoted-printable
MIME-Version:\x201.0 WARC/1.0 WARC-Type:\x20response Content-Length:\x20
Transfer-Encoding:\x20chunked HTTP/1.1\x20200\x20OK PK\x03\x04 PK\x01\x02 PK\x05\x06
""".split()
BYTES = [b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc2\x85", b"\xe2\x80\xa8", b"\x1b[31m"]
BYTES += [b"\n", b"\r\n", b"\t", b" ", "٢".encode(), "é".encode(), "e\u0301".encode()]


def tokens() -> list[bytes]:
    """Return the texts that the readers recognise."""
    labels = [ast.literal_eval(f"b{line}") for line in LABELS.read_text("utf-8").splitlines()]
    signs = [sign.decode("latin-1").replace(r"\x20", " ").encode("latin-1") for sign in SIGNS]
    return [*labels, *signs, *BYTES]


TOKENS = tokens()


def mutated(seeds: list[bytes], rng: Random) -> bytes:
    """Return one of the seeds after one change or a few."""
    data = rng.choice(seeds)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 10))):
        data = rng.choice(CHANGES)(data, seeds, rng)[:LONGEST]
    return data


def change_byte(data: bytes, _: list[bytes], rng: Random) -> bytes:
    """Replace one byte."""
    index = rng.randrange(len(data) + 1)
    return data[:index] + bytes([rng.randrange(256)]) + data[index + 1 :]


def insert_token(data: bytes, _: list[bytes], rng: Random) -> bytes:
    """Insert a token, or put it in the place of what is there."""
    index, token = rng.randrange(len(data) + 1), rng.choice(TOKENS)
    return data[:index] + token + data[index + rng.choice((0, len(token))) :]


def repeat_token(data: bytes, _: list[bytes], rng: Random) -> bytes:
    """Insert a token or two many times, which finds what takes quadratic time."""
    index, token = rng.randrange(len(data) + 1), b"".join(rng.choices(TOKENS, k=rng.randint(1, 2)))
    return data[:index] + token * rng.choice((10, 100, 1_000, 20_000)) + data[index:]


def remove_part(data: bytes, _: list[bytes], rng: Random) -> bytes:
    """Remove a part, or all that follows."""
    start, end = part(data, rng)
    return data[:start] + (data[end:] if rng.random() < 0.8 else b"")


def repeat_part(data: bytes, _: list[bytes], rng: Random) -> bytes:
    """Repeat a part."""
    start, end = part(data, rng)
    return data[:end] + data[start:end] * rng.choice((1, 1, 2, 50, 2_000)) + data[end:]


def change_lines(data: bytes, _: list[bytes], rng: Random) -> bytes:
    """Remove, repeat or exchange lines."""
    lines = data.splitlines(keepends=True) or [b""]
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(3):
        case 0:
            del lines[one]
        case 1:
            lines[one] *= rng.choice((2, 3, 100))
        case _:
            lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def splice(data: bytes, seeds: list[bytes], rng: Random) -> bytes:
    """Put a part of another seed in the place of a part."""
    other = rng.choice(seeds)
    (start, end), (first, last) = part(data, rng), part(other, rng)
    return data[:start] + other[first:last] + data[end:]


def change_number(data: bytes, _: list[bytes], rng: Random) -> bytes:
    """Replace a digit by a long or odd number."""
    places = [index for index, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    if not places:
        return data
    index = rng.choice(places)
    number = rng.choice((b"-1", b"0", b"1e5", b"9" * 20, b"7" * 6_000, "٢".encode(), b""))
    return data[:index] + number + data[index + 1 :]


CHANGES = [
    change_byte,
    insert_token,
    repeat_token,
    remove_part,
    repeat_part,
    change_lines,
    splice,
    change_number,
]


def part(data: bytes, rng: Random) -> tuple[int, int]:
    """Return the start and the end of a part, most often a short one."""
    start = rng.randrange(len(data) + 1)
    longest = rng.choice((4, 30, 300, len(data)))
    return start, min(len(data), start + rng.randint(0, longest))
