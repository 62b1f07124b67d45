"""What MkDocs does besides showing ``docs/``: pages made from the source, and links to them.

The pages of the commands and the schemas are made from abstool itself. Documents at the top of the
repository, such as ARCHITECTURE.md, are pages, too: ``DOCUMENTS`` says which.
"""

from __future__ import annotations

import json
import posixpath
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File

from abstool.cli.commands.schema import MODULES
from manual import commands, reference, schemas

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
DOCUMENTS = {
    "ARCHITECTURE.md": "explanation/design.md",
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/vulnerabilities.md",
}
# What the theme loads from another site, and what is loaded instead.
_SHIM, _OWN_SHIM = "https://unpkg.com/iframe-worker/shim", "javascripts/search-from-disk.js"
_DIALOG = 'data-md-component="search" role="dialog"'
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s#]*)((?:#[^)\s]*)?)\)")
_MERMAID = re.compile(r"^```mermaid\n.*?^```$", re.DOTALL | re.MULTILINE)
_FLOW = "../pictures/architecture.svg"
_PICTURE = f"[![How data flows through the packages]({_FLOW})]({_FLOW})"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the pages of the commands to the navigation, below the page that lists them."""
    assert config.nav is not None
    (parts,) = (part["Reference"] for part in config.nav if "Reference" in part)
    pages: list[Any] = [{f"abstool {one.name}": _path(one.name)} for one in commands.pages()]
    (position,) = (place for place, part in enumerate(parts) if "Commands" in part)
    parts[position] = {"Commands": [parts[position]["Commands"], *pages]}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made from the source."""
    known = {name: import_module(module).json_schema() for name, module in MODULES.items()}
    made = {
        "reference/commands/index.md": reference.overview(commands.overview()),
        **{_path(one.name): reference.page(one) for one in commands.pages()},
        "reference/schemas.md": schemas.page(known),
        **{
            f"reference/schemas/{name}.json": json.dumps(schema, indent=2, ensure_ascii=False)
            for name, schema in known.items()
        },
        **{page: _document(name, page) for name, page in DOCUMENTS.items()},
    }
    for path, content in made.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Point links at documents of the repository to their pages."""
    return _linked(markdown, posixpath.join("docs", page.file.src_uri), page.file.src_uri)


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Load the script for the search from this site, and name the dialog of the search."""
    folder = posixpath.dirname(page.url) or "."
    return _with_name(output.replace(_SHIM, posixpath.relpath(_OWN_SHIM, folder)))


def on_post_template(output_content: str, **_: object) -> str:
    """Do the same in the page for unknown URLs, which is shown in any folder and has no search."""
    return _with_name(output_content.replace(f'<script src="{_SHIM}"></script>', ""))


def _with_name(html: str) -> str:
    return html.replace(_DIALOG, f'{_DIALOG} aria-label="Search"')


def _path(command: str) -> str:
    return f"reference/commands/{command}.md"


def _document(name: str, page: str) -> str:
    text = _linked((ROOT / name).read_text("utf-8"), name, page)
    return _MERMAID.sub(_PICTURE, text)


def _linked(text: str, source: str, page: str) -> str:
    """Return Markdown with links from a file of the repository as links from a page of the site.

    Links to files that are not on the site become plain text.
    """

    def link(match: re.Match[str]) -> str:
        text, target, anchor = match.groups()
        if not target or re.match(r"\w+:", target):
            return match[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        shown = "docs/index.md" if path == "README.md" else "docs/" + DOCUMENTS.get(path, "")
        shown = path if path.startswith("docs/") else shown
        if shown == "docs/":  # a file that is not on the site
            return text
        here = posixpath.dirname(posixpath.join("docs", page))
        return f"[{text}]({posixpath.relpath(shown, here)}{anchor})"

    return _LINK.sub(link, text)
