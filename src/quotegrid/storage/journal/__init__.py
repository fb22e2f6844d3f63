"""The logs of what people did, to which entries are only ever added."""
