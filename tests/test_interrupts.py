"""Ctrl-C, SIGTERM and SIGHUP that come at a bad moment are not lost.

Each script runs in a process of its own: a thread that another test left behind may get a signal.
"""

import io
import os
import select
import signal
import subprocess
import sys

import pytest

from abstool.interrupts import interruptible

BEGIN = """
import os, signal, sys, threading, time, weakref
signal.signal(signal.SIGINT, signal.default_int_handler)
from abstool import interrupts
from abstool.interrupts import Interrupted, Stop, ending, held_back

def send(number=signal.SIGINT):
    signal.raise_signal(number)
"""


def run(script):
    """Return the exit code and the lines that a script prints."""
    result = subprocess.run(
        [sys.executable, "-c", BEGIN + script], capture_output=True, check=False, timeout=120
    )
    assert b"Traceback" not in result.stderr, result.stderr.decode()
    return result.returncode, result.stdout.decode().splitlines()


HELD = """
def held():
    with held_back():
        {send}
        print("the end of the block")
    print("what follows")
try:
    held()
except KeyboardInterrupt:
    print("interrupted")
assert signal.getsignal(signal.SIGINT) is {handler}
"""
IN_A_THREAD = (
    "thread = threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGINT));"
    " thread.start(); thread.join()"
)
WITHOUT = "import signal\nfor name in ('SIGHUP', 'pthread_sigmask'): delattr(signal, name)\n"


@pytest.mark.parametrize("send", ["send()", IN_A_THREAD])
@pytest.mark.parametrize("system", ["", WITHOUT])
def test_an_interrupt_waits_for_the_end_of_the_block(send, system):
    if not hasattr(signal, "SIGHUP"):
        system = ""
    script = system + HELD.format(send=send, handler="signal.default_int_handler")
    assert run(script) == (0, ["the end of the block", "interrupted"])


def test_an_interrupt_that_waits_is_not_lost_when_the_block_fails():
    script = HELD.format(send="send(); 1 / 0", handler="signal.default_int_handler")
    assert run(script) == (0, ["interrupted"])


def test_where_ctrl_c_is_ignored_it_stays_ignored():
    script = "signal.signal(signal.SIGINT, signal.SIG_IGN)" + HELD.format(
        send="send()", handler="signal.SIG_IGN"
    )
    assert run(script) == (0, ["the end of the block", "what follows"])


def test_in_another_thread_nothing_is_held_back_and_nothing_fails():
    script = """
def held():
    with held_back():
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        print("held")
thread = threading.Thread(target=held); thread.start(); thread.join()
"""
    assert run(script) == (0, ["held"])


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_is_an_exception_with_its_exit_code(name):
    script = f"""
try:
    with ending():
        send(signal.{name})
except KeyboardInterrupt as error:
    print(interrupts.exit_code(error))
assert signal.getsignal(signal.{name}) is signal.SIG_DFL
"""
    assert run(script) == (0, [str(128 + getattr(signal, name))])


def test_a_signal_that_is_ignored_stays_ignored():
    script = """
signal.signal(signal.SIGHUP, signal.SIG_IGN)
with ending(), Stop() as stop:
    send(signal.SIGHUP)
    stop.check()
print("went on")
"""
    assert run(script) == (0, ["went on"])


CALLBACK = """
class Thing: pass
def in_a_callback(number):
    thing = Thing()
    weak = weakref.ref(thing, lambda _: send(number))
    del thing
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("then", ["stop.check()", "stop.sleep(0)", "stop.sleep(600)", "pass"])
@pytest.mark.parametrize("system", ["", WITHOUT])
def test_a_signal_inside_a_weak_references_callback_is_not_lost(name, then, system):
    if name == "SIGHUP" and system:
        pytest.skip("this system would not have the signal")
    script = f"""{system}{CALLBACK}
try:
    with ending(), Stop() as stop:
        in_a_callback(signal.{name})
        print("not yet")
        {then}
        print("end")
except KeyboardInterrupt as error:
    print(interrupts.exit_code(error))
"""
    last = ["end"] if then == "pass" else []
    assert run(script) == (0, ["not yet", *last, str(128 + getattr(signal, name))])


def test_a_pause_ends_at_once_when_a_signal_comes_in_it():
    script = """
def soon():
    while not sleeping: pass
    os.kill(os.getpid(), signal.SIGINT)
sleeping = []
real = time.sleep
time.sleep = lambda seconds: (sleeping.append(seconds), real(seconds))
try:
    with Stop() as stop:
        threading.Thread(target=soon).start()
        stop.sleep(100_000)
except KeyboardInterrupt:
    print("interrupted")
"""
    assert run(script) == (0, ["interrupted"])


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_second_signal_ends_at_once(name):
    script = f"""
with ending(), Stop():
    send()
    print("first", flush=True)
    send(signal.{name})
    print("second", flush=True)
"""
    assert run(script) == (128 + getattr(signal, name), ["first"])


def test_while_a_person_is_asked_a_signal_acts_at_once():
    script = """
try:
    with Stop() as stop, stop.waiting_for_person():
        try:
            send()
            print("too late")
        except KeyboardInterrupt:
            raise RuntimeError("what a prompt makes of it")
except KeyboardInterrupt:
    print("interrupted")
"""
    assert run(script) == (0, ["interrupted"])


def test_ctrl_c_in_code_from_a_string_ends_with_its_exit_code(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(IN_A_STRING, "utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "abstool", "--version"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
    )
    assert (result.returncode, result.stderr) == (130, b"abstool: interrupted\n")


IN_A_STRING = """
import sys
class Interrupt:
    def find_spec(self, name, *_):
        if name == "abstool.cli.app":
            exec("raise KeyboardInterrupt")
sys.meta_path.insert(0, Interrupt())
"""


def test_a_read_that_waits_lets_python_handle_signals_meanwhile(monkeypatch):
    slices = []

    def waiting(*arguments):
        slices.append(arguments[-1])
        if len(slices) == 3:
            raise KeyboardInterrupt
        return [], [], []

    receiver, sender = os.pipe()
    with os.fdopen(receiver, "rb", buffering=0) as file, os.fdopen(sender, "wb", buffering=0):
        monkeypatch.setattr(select, "select", waiting)
        with pytest.raises(KeyboardInterrupt):
            interruptible(file).read()
    assert all(0 < seconds <= 1 for seconds in slices)


def test_a_pipe_and_a_file_are_read_to_their_end(tmp_path):
    receiver, sender = os.pipe()
    with os.fdopen(receiver, "rb", buffering=0) as file:
        with os.fdopen(sender, "wb", buffering=0) as pipe:
            pipe.write(b"one\n" + b"x" * 50_000)
        reader = interruptible(file)
        assert (reader.readline(), reader.read()) == (b"one\n", b"x" * 50_000)
    path = tmp_path / "data"
    path.write_bytes(b"on the disk")
    with path.open("rb") as file:
        assert interruptible(file) is file
    memory = io.BytesIO(b"in memory")
    assert interruptible(memory) is memory
