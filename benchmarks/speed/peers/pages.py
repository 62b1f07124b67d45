"""Read a folder of pages with another library and print one line per page.

All but trafilatura only build the tree of a page and find its heading; trafilatura extracts the
main text. Several processes share the files in chunks.
"""

import sys
from multiprocessing import Pool
from pathlib import Path


def bs4_lxml():
    """Return BeautifulSoup over lxml."""
    from bs4 import BeautifulSoup

    return lambda data: BeautifulSoup(data, "lxml").h1.get_text()


def bs4_html_parser():
    """Return BeautifulSoup over Python's own parser."""
    from bs4 import BeautifulSoup

    return lambda data: BeautifulSoup(data, "html.parser").h1.get_text()


def lxml():
    """Return lxml alone."""
    from lxml import html

    # given the encoding, which the others detect
    parser = html.HTMLParser(encoding="utf-8")
    return lambda data: html.document_fromstring(data, parser=parser).find(".//h1").text_content()


def trafilatura():
    """Return trafilatura's extraction of the main text."""
    from trafilatura import extract

    return lambda data: (extract(data) or "").replace("\n", " ")


LIBRARIES = {
    "bs4+lxml": bs4_lxml,
    "bs4+html.parser": bs4_html_parser,
    "lxml": lxml,
    "trafilatura": trafilatura,
}


def prepare(library):
    """Load the library, once per process."""
    global read
    read = LIBRARIES[library]()


def line(path):
    """Return the line printed for a page."""
    return read(Path(path).read_bytes()) + "\n"


def main(library, folder, jobs):
    """Print a line for each page of the folder."""
    paths = sorted(map(str, Path(folder).glob("*.html")))
    prepare(library)
    jobs = min(int(jobs), len(paths))
    if jobs == 1:
        sys.stdout.writelines(map(line, paths))
        return
    with Pool(jobs) as pool:
        chunk = max(1, min(16, len(paths) // (4 * jobs)))
        sys.stdout.writelines(pool.imap(line, paths, chunk))
        pool.close()
        pool.join()  # so that the workers' time is counted


if __name__ == "__main__":
    main(*sys.argv[1:])
