"""One use case a module: what the command line, the workbench and Python callers all call."""
