"""Plain Python about sources, cases, codes, decisions and counting; no input or output."""
