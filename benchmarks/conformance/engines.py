"""The engines that the suite can test: each turns a fixture into entries or citations in HTML."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from suite import Fixture

from abstool import csl

Engine = Callable[[Sequence[Fixture]], list[list[str] | str]]  # an error is a text
HERE = Path(__file__).parent


def _clusters(fixture: Fixture) -> list[dict[str, Any]]:
    """Return the clusters of a fixture, or all items as one."""
    cites = [{"id": item["id"]} for item in fixture.items]
    return fixture.clusters or [{"citationItems": cites, "properties": {"noteIndex": 0}}]


def abstool(fixtures: Sequence[Fixture]) -> list[list[str] | str]:
    """Return what abstool prints."""
    return [_guarded(_abstool, fixture) for fixture in fixtures]


def _abstool(fixture: Fixture) -> list[str]:
    style, items, clusters = csl.Style.read(fixture.style.encode()), fixture.items, fixture.clusters
    if fixture.is_document:  # as in citeproc-js, it has only the items that it cites
        cited = {str(cite["id"]) for one in clusters or () for cite in one["citationItems"]}
        items = [item for item in items if str(item["id"]) in cited]
    if fixture.mode == "bibliography":
        document = style.document(items, clusters if fixture.is_document else None)
        return [entry.text for entry in document.bibliography("html")]
    if fixture.is_document:
        return style.document(items, clusters).citations("html")
    # The clusters are no document: the items are numbered in their order, and a cite is the first
    # of its item unless it says otherwise.
    order = [{"id": item["id"], "position": 0} for item in items]
    if clusters is None:  # all items, as sorted for the bibliography
        ids = [entry.id for entry in style.document(items).bibliography()]
        ids += [str(item["id"]) for item in items if str(item["id"]) not in ids]
        clusters = [{"citationItems": [{"id": one} for one in ids]}]
    clusters = [
        {"citationItems": [{"position": 0, **cite} for cite in cluster["citationItems"]]}
        for cluster in clusters
    ]
    return style.document(items, [{"citationItems": order}, *clusters]).citations("html")[1:]


def citeproc_py(fixtures: Sequence[Fixture]) -> list[list[str] | str]:
    """Return what citeproc-py prints."""
    return [_guarded(_citeproc_py, fixture) for fixture in fixtures]


def _citeproc_py(fixture: Fixture) -> list[str]:
    import io
    import warnings

    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc import formatter as formatters
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle(io.BytesIO(fixture.style.encode()), validate=False)
        source = CiteProcJSON(fixture.items)
        made = CitationStylesBibliography(style, source, formatters.html)
        clusters = _clusters(fixture)
        if fixture.mode == "bibliography":
            clusters = [{"citationItems": [{"id": item["id"]}]} for item in fixture.items]
        citations = [
            Citation([_cite(CitationItem, one) for one in c["citationItems"]]) for c in clusters
        ]
        for citation in citations:
            made.register(citation)
        if fixture.mode == "bibliography":
            made.sort()
            return [str(entry) for entry in made.bibliography()]
        return [str(made.cite(citation, lambda _: None)) for citation in citations]


def _cite(kind: type, cite: dict[str, object]) -> object:
    options = {
        name: cite[name] for name in ("locator", "label", "prefix", "suffix") if cite.get(name)
    }
    return kind(str(cite["id"]), **options)


def citeproc_js(node_modules: Path) -> Engine:
    """Return the engine that runs citeproc-js of a folder with Node.js."""

    def engine(fixtures: Sequence[Fixture]) -> list[list[str] | str]:
        from citeproc import LOCALES_PATH

        job = {
            "locales": str(LOCALES_PATH),
            "fixtures": [
                {
                    "mode": one.mode,
                    "style": one.style,
                    "items": one.items,
                    "clusters": _clusters(one),
                    "document": one.is_document,
                }
                for one in fixtures
            ],
        }
        done = subprocess.run(
            ["node", str(HERE / "reference.cjs")],
            input=json.dumps(job),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            env={"NODE_PATH": str(node_modules), "PATH": "/usr/local/bin:/usr/bin:/bin"},
        )
        return json.loads(done.stdout)

    return engine


def _guarded(function: Callable[[Fixture], list[str]], fixture: Fixture) -> list[str] | str:
    """Return the result, or the error as one line: a crash fails one fixture."""
    try:
        return function(fixture)
    except Exception as error:  # noqa: BLE001 - see above
        return f"{type(error).__name__}: {error}".splitlines()[0]
