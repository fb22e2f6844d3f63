"""Tables whose columns must be told before they are read."""
