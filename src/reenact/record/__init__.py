"""Recording: what happens in a browser becomes a trace."""
