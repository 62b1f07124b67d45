"""Ctrl-C that comes at a bad moment is not lost."""

import signal
import subprocess
import sys

import pytest

SCRIPT = """
import os, signal
from abstool.interrupts import held_back

try:
    with held_back():
        os.kill(os.getpid(), signal.SIGINT)
        print("the end of the block")
    print("what follows")
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.skipif(
    not hasattr(signal, "pthread_sigmask"), reason="this system cannot delay signals"
)
def test_an_interrupt_waits_for_the_end_of_the_block():
    # In a process of its own: here, a thread that another test left behind may get the signal.
    result = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True)
    assert result.stdout.decode().splitlines() == ["the end of the block", "interrupted"]
