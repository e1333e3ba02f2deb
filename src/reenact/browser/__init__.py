"""Finding, starting and talking to a browser."""
