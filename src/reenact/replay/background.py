"""Hosts that a browser asks of its own accord, for updates, accounts and lists of dangerous places."""

from __future__ import annotations

from collections.abc import Container

_HOSTS = (
    "update.googleapis.com", "clients1.google.com", "clients2.google.com", "clients4.google.com",
    "accounts.google.com", "android.clients.google.com", "optimizationguide-pa.googleapis.com",
    "content-autofill.googleapis.com", "safebrowsing.googleapis.com", "passwordsleakcheck-pa.googleapis.com",
    "redirector.gvt1.com", "edgedl.me.gvt1.com", "msedge.api.cdp.microsoft.com", "config.edge.skype.com",
    "detectportal.firefox.com", "services.mozilla.com", "telemetry.mozilla.org", "cdn.mozilla.net",
)  # fmt: skip


def is_of_browser(host: str, recorded: Container[str]) -> bool:
    """Whether a request to ``host`` is the browser's own; ``recorded``: hosts that a session asked."""
    if host in recorded:
        return False
    return any(host == known or host.endswith("." + known) for known in _HOSTS)
