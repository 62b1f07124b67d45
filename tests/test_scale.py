"""The example of docs/how-to/scale.md: WARC parts in, Parquet out, by Dask."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from archive_files import CRAWLED, Warc, crawl, page

pytest.importorskip("dask.bag")
parquet = pytest.importorskip("pyarrow.parquet")

EXAMPLE = Path(__file__).parent.parent / "examples" / "warc_to_parquet.py"


def convert(folder):
    parts = sorted(str(part) for part in folder.glob("*.warc.gz"))
    return subprocess.run(
        [sys.executable, EXAMPLE, folder / "out", *parts],
        capture_output=True, text=True, check=True, timeout=120, encoding="utf-8",
    )  # fmt: skip


def test_each_part_becomes_a_table_of_its_abstracts(tmp_path):
    (tmp_path / "part-0.warc.gz").write_bytes(crawl())
    (tmp_path / "part-1.warc.gz").write_bytes(Warc().add(page("77")).bytes())
    (tmp_path / "part-2.warc.gz").write_bytes(crawl()[:-20])
    (tmp_path / "part-3.warc.gz").write_bytes(Warc().bytes())
    done = convert(tmp_path)
    assert "cut off" in done.stderr
    counts = [line.rpartition(": ")[2] for line in done.stdout.splitlines()]
    assert counts == ["8 abstracts", "1 abstracts", "7 abstracts", "0 abstracts"]
    rows = parquet.read_table(tmp_path / "out" / "part-0.parquet").to_pylist()
    assert [row["number"] for row in rows] == CRAWLED
    assert json.loads(rows[0]["record"])["authors"][0]["family"] == "Example"
    whole = parquet.read_table(tmp_path / "out").to_pylist()
    assert [row["number"] for row in whole] == [*CRAWLED, "77", *CRAWLED[:-1]]


def test_a_part_that_is_done_is_not_done_again(tmp_path):
    (tmp_path / "part-0.warc.gz").write_bytes(crawl())
    convert(tmp_path)
    (tmp_path / "part-0.warc.gz").write_bytes(b"no longer readable")
    assert convert(tmp_path).stdout.endswith("part-0.warc.gz: 8 abstracts\n")


def test_the_document_on_scale_names_what_there_is():
    document = (EXAMPLE.parent.parent / "docs" / "how-to" / "scale.md").read_text("utf-8")
    assert "examples/warc_to_parquet.py" in document
    for option in ("--jobs", "--quiet", "--output"):
        assert option in document
