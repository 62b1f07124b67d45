"""What typer leaves undone when it completes command lines, or sets a shell up to do so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from abstool.errors import UsageError, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPLETE = "_ABSTOOL_COMPLETE"  # the variable with which a shell asks for completions
INSTALL = "--install-completion"
# zsh loads typer's file when it first completes. The file defines a function and does not call it.
_ZSH_FILE = ".zfunc/_abstool"
_ZSH_CALL = """
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _abstool_completion "$@"
fi
"""


def joined_words(environ: Mapping[str, str]) -> dict[str, str]:
    """Return bash's words of a command line with ``--style=vanc`` as ``--style`` and ``vanc``.

    Bash splits it at the equals sign, which it hands over as a word between the two.
    """
    if "COMP_WORDS" not in environ or not environ.get("COMP_CWORD", "").isdecimal():
        return {}
    words, current = environ["COMP_WORDS"].split("\n"), int(environ["COMP_CWORD"])
    for position in range(min(current, len(words)) - 1, 0, -1):
        if words[position] == "=" and words[position - 1].startswith("--"):
            del words[position]
            current -= 1
    return {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(current)}


def finish_installation() -> None:
    """Let zsh complete at the first attempt, too; typer has written its files."""
    file = Path.home() / _ZSH_FILE
    if file.is_file() and _ZSH_CALL not in (script := file.read_text("utf-8")):
        file.write_text(script.rstrip() + "\n" + _ZSH_CALL, "utf-8")


def not_installed(error: OSError | UnicodeError) -> UsageError:
    """Return the error for a start-up file of the shell that typer could not change."""
    if isinstance(error, OSError):
        problem = f"{printable(str(error.filename))} cannot be written ({error.strerror})"
    else:
        problem = "the start-up file of your shell is not UTF-8"
    return UsageError(INSTALL, problem, "install it by hand: see --show-completion")
