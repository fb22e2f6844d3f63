"""The writing of files that the study recognises later."""
