"""Replay: a trace is executed again, and what it shows is compared."""
