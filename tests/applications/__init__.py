"""Applications that we did not write, each with a server and a session of a scripted person.

`get(name)` finds one, `names()` lists them. Whatever an application needs (npm packages, a database) is
fetched or made when it starts, at exact versions.
"""

from __future__ import annotations

from tests.applications.application import Application, Server
from tests.applications.registry import get, names

__all__ = ["Application", "Server", "get", "names"]
