"""Run one command and print its time and memory: a JSON job on stdin, a JSON result on stdout.

This is a small separate process because a child's peak memory starts at that of the process that
forked it. With "sample" it also samples the memory of the child and all its descendants. Sampling
costs time, so a run is either timed or sampled.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

INTERVAL = 0.02  # seconds between two samples of the memory


def main():
    """Run the job and print the result."""
    job = json.load(sys.stdin)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    files += [(os.POSIX_SPAWN_OPEN, fd, job[n], flags, 0o644) for fd, n in ((1, "out"), (2, "err"))]
    command = job["command"]
    if job["cpus"]:
        os.sched_setaffinity(0, job["cpus"])  # the child inherits it
    started = time.perf_counter()
    child = os.posix_spawnp(command[0], command, job["env"], file_actions=files, setpgroup=0)
    late = []

    def stop(*_):
        late.append(1)
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, job["limit"])
    try:
        peaks = watch(child) if job["sample"] else {}
        _, status, usage = os.wait4(child, 0)
    except BaseException:  # stopping the benchmark must also stop what it measures
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    seconds = time.perf_counter() - started
    signal.setitimer(signal.ITIMER_REAL, 0)
    figures = {
        "seconds": seconds,
        "cpu": usage.ru_utime + usage.ru_stime,
        "largest": usage.ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1),
        "together": max(peaks.values(), default=0) / 1024,
        "code": os.waitstatus_to_exitcode(status),
        "late": bool(late),
    }
    json.dump(figures, sys.stdout)


def watch(child):
    """Sample the memory (PSS, in KB) of all processes until the child ends; return the sums."""
    sums = {}
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        sums[len(sums)] = sum(map(pss, family(child)))
        time.sleep(INTERVAL)
    return sums


def family(pid):
    """Return a process and its descendants."""
    try:
        tasks = [p.read_text("utf-8").split() for p in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return [pid]
    return [pid, *(one for task in tasks for child in task for one in family(int(child)))]


def pss(pid):
    """Return a process's proportional share of memory in KB, which counts shared pages once.

    Return 0 if the process has ended or the system does not report it.
    """
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
