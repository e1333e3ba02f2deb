"""Measurements, not tests: each `python -m tests.bench.NAME` prints a table, and writes JSON with `--json FILE`.

recorder_page  what recording costs a page, against no recorder and against one that copies the DOM
input_delay    what recording adds between an input and the page's reaction
size           the script, and a trace for each minute
replay_cost    what a replay costs for each input and picture, against the bare calls, and from a cold start

Every figure is a ratio of things that took turns in one run: other work on the machine hits all of them.
"""
