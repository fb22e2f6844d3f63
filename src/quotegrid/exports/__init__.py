"""One module per file format. Text from sources is inert in all of them."""
