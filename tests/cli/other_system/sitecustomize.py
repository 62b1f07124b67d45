"""Make Python resemble that of Windows: no fork, few signals, and open files cannot be replaced.

Python imports this module at its start if its folder is in PYTHONPATH, in worker processes too.
``IN_USE`` in the environment is a file that another program has open.
"""

import multiprocessing
import multiprocessing.context
import os
import signal
from pathlib import Path

MISSING = {
    os: "fork forkpty geteuid getuid sched_getaffinity fchmod mkfifo O_NOFOLLOW O_DIRECTORY",
    signal: "SIGHUP SIGUSR1 pthread_sigmask pthread_kill alarm pause",
}


def is_open(path):
    """Return whether this process or another program has a file open."""
    wanted = os.path.realpath(path)
    if wanted == os.path.realpath(os.environ.get("IN_USE") or "/"):
        return True
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            if os.path.realpath(descriptor) == wanted:
                return True
        except OSError:  # closed in the meantime
            continue
    return False


def only_if_closed(function):
    """Return a function of ``os`` that refuses files that are open."""

    def of_windows(*paths, **options):
        for path in paths:
            if is_open(path):
                raise PermissionError(13, "Permission denied", os.fspath(path))
        return function(*paths, **options)

    return of_windows


for module, names in MISSING.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
for name in ("replace", "rename", "remove", "unlink"):
    setattr(os, name, only_if_closed(getattr(os, name)))
spawn = multiprocessing.get_context("spawn")
multiprocessing.context._concrete_contexts = {"spawn": spawn}
multiprocessing.context._default_context._default_context = spawn
