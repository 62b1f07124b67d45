"""Check that work grows with its input, whatever the speed of the machine and whatever else runs.

Measured is the time that this thread has the processor. What else slows a run down only adds to it,
so the shortest of several runs is the work itself, and only work that truly grows too fast fails.
"""

import gc
from time import thread_time

TRIES = 20  # of which a machine at rest needs one
ENOUGH = 3  # after so many, work that takes far too long is not tried again


def seconds(work):
    """Return the CPU time of some work with the garbage collector off."""
    gc.disable()
    start = thread_time()
    try:
        work()
        return thread_time() - start
    finally:
        gc.enable()


def assert_at_most(times, small, large):
    """Check that the large piece of work takes so many times as long as the small one at most."""
    least_small = least_large = float("inf")
    for number in range(TRIES):
        least_small = min(least_small, seconds(small))
        least_large = min(least_large, seconds(large))
        if least_large < times * least_small + 0.05:
            return
        # A virtual machine may count time as used in which another one had the processor.
        if number >= ENOUGH and least_large > 5 * times * least_small:
            break
    raise AssertionError(
        f"{least_small:.3f} s for the small one, {least_large:.3f} s for the large"
    )
