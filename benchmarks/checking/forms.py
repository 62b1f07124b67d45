"""Check what abstool prints, in each form of manuscript: nothing may be found.

    python benchmarks/checking/forms.py [--data FILE] [--records 500] [--only docx pdf ...]

Lists in eight styles are written by ``abstool cite`` as text, Markdown, HTML and Word, and as
BibTeX, biblatex and RIS; text is also wrapped, and Word is printed as PDF by LibreOffice, if there
is one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from accuracy import chosen_of
from planting import STYLES

from abstool import manuscripts
from abstool.checking import Library, check
from abstool.record import Abstract

ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "docx": "docx"}
ENTRIES = {"bibtex": "bib", "biblatex": "bib", "ris": "ris"}
HEADING = "Invented article\n\nReferences\n\n"


def main() -> None:
    """Run what is asked for and print the figures."""
    parser = argparse.ArgumentParser(description="Check what abstool prints, in each form.")
    parser.add_argument("--data", type=Path, help="metadata of a meeting; default: invented")
    parser.add_argument("--records", type=int, default=500, help="records to cite")
    parser.add_argument("--only", nargs="*", default=[], help="names of forms")
    parser.add_argument("--show", type=int, default=3, help="findings to show")
    options = parser.parse_args()
    everything, chosen = chosen_of(options.data, options.records)
    library = Library.of(everything)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "records.jsonl"
        source.write_text("".join(f"{json.dumps(one.to_dict())}\n" for one in chosen), "utf-8")
        for style in STYLES:
            for form, data in printed(source, style, set(options.only)):
                report(f"{form} {style}", data, chosen, library, options.show)
        for entries, ending in ENTRIES.items():
            if not options.only or entries in options.only:
                data = cited(source, entries, folder / f"list.{ending}")
                report(entries, data, chosen, library, options.show)


def printed(source: Path, style: str, only: set[str]):
    """Yield the list in a style in each form, with the name of the form."""
    for form, ending in ENDINGS.items():
        if not only or only & ({form} | ({"pdf"} if form == "docx" else set())):
            path = source.with_name(f"{style}.{ending}")
            data = cited(source, style, path, "--to", form)
            if form == "text":
                text = data.decode()
                numbered = [f"{n}. {line}" for n, line in enumerate(text.splitlines(), 1)]
                data = f"{HEADING}{chr(10).join(numbered)}\n".encode()
            if not only or form in only:
                yield form, data
            if form == "text":
                lines = [textwrap.fill(line, 72, subsequent_indent="    ") for line in numbered]
                yield "wrapped text", f"{HEADING}{chr(10).join(lines)}\n".encode()
            if form == "docx" and (not only or "pdf" in only) and shutil.which("soffice"):
                yield "pdf", as_pdf(path)


def cited(source: Path, style: str, path: Path, *more: str) -> bytes:
    """Return what ``abstool cite`` writes."""
    command = [sys.executable, "-m", "abstool", "cite", "-q", "-o", str(path), "--style", style]
    day = ("--accessed", "2026-01-05")
    subprocess.run([*command, *day, *more, str(source)], check=True)
    return path.read_bytes()


def as_pdf(path: Path) -> bytes:
    """Return a Word file as LibreOffice prints it."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent)]
    subprocess.run(
        [*command, f"-env:UserInstallation=file://{path.parent}/profile", str(path)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return path.with_suffix(".pdf").read_bytes()


def report(name: str, data: bytes, chosen: list[Abstract], library: Library, show: int) -> None:
    """Print how many references of a list have a finding, or do not mean their record."""
    references = manuscripts.read(data, name).references
    wanted = Counter(one.url for one in chosen)
    verdicts = [*check(references, library)]
    missed = wanted - Counter(one.url for one in verdicts)
    alarms = [one for one in verdicts if one.status != "agrees"]
    codes = Counter(finding.code for one in alarms for finding in one.findings)
    print(
        f"{name:42} {len(references):5} references, {len(alarms)} with findings,"
        f" {missed.total()} records missed {dict(codes) or ''}",
        flush=True,
    )
    for one in alarms[:show]:
        print(f"  {one.status} {[*map(str, one.findings)]}\n    {one.text}\n    {one.corrected}")


if __name__ == "__main__":
    main()
