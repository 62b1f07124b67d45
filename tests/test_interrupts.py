"""Ctrl-C that comes at a bad moment is not lost."""

import os
import signal

import pytest

from abstool.interrupts import held_back


@pytest.mark.skipif(
    not hasattr(signal, "pthread_sigmask"), reason="this system cannot delay signals"
)
def test_an_interrupt_waits_for_the_end_of_the_block():
    reached = []

    def work():
        with held_back():
            os.kill(os.getpid(), signal.SIGINT)
            reached.append("the end of the block")
        reached.append("what follows")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert reached == ["the end of the block"]
