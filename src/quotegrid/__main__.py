"""Runs the command line as `python -m quotegrid`."""

from quotegrid.cli.main import main

main()
