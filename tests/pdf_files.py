"""PDF files with a line of text for each line of a column."""

import zlib


def pdf(*pages, filtered=None):
    """Return a PDF of pages; a page is a list of columns, a column a list of lines."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, columns in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        data = filtered or zlib.compress(b"".join(map(_column, range(len(columns)), columns)))
        head = f"<< /Filter /FlateDecode /Length {len(data)} >>\nstream\n".encode()
        objects.append(head + data + b"\nendstream")
    return _written(objects)


def _column(index, lines):
    left = 40 + 280 * index
    shown = b"".join(
        b"(" + line.encode("cp1252").replace(b"(", rb"\(").replace(b")", rb"\)") + b") Tj T*\n"
        for line in lines
    )
    return f"BT /F1 9 Tf 11 TL {left} 760 Td\n".encode() + shown + b"ET\n"


def _written(objects):
    text, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF"
    return text + start + trailer.encode()
