"""The use cases, one a module, which the command line, the workbench and Python callers share."""
