"""Tests, and the environment that they and the commands that they start run in."""

import os
import sys

os.environ["QUOTEGRID_CODER"] = "tester"
os.environ.pop("QUOTEGRID_STUDY", None)
# A command in a process of its own would otherwise compile the whole program each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
if "PYTEST_XDIST_WORKER" in os.environ:
    # A worker has one core: libraries that take all of them would wait for each other.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
