"""What documents abstool is made from abstool itself: the reference of commands and the man pages.

Nothing here is in the wheel. The build of the wheel makes the man pages with it (hatch_build.py).
"""
