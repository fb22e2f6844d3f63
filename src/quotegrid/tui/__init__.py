"""The workbench: a Textual application over the workflows."""
