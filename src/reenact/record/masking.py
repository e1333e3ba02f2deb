"""Credentials among what a page stores: they sound like one by their name, or look like one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from reenact.record.privacy import sounds_secret

_TOKEN = re.compile(r"\beyJ[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]{5,}")
"""A signed JSON web token (RFC 7519)."""
_SESSION_NAME = re.compile(r"sess|auth|jwt|sid\b|login|bearer", re.IGNORECASE)
_SHORTEST_SECRET = 6


class Masking:
    """Puts into the place of each credential what ``replace``, given its name and its value, returns."""

    def __init__(self, replace: Callable[[str, str], str]) -> None:
        self._replace = replace

    def item(self, name: str, text: str) -> str:
        """An item of local storage: JSON is looked into, field by field."""
        try:
            parsed = json.loads(text) if text[:1] in "{[" else text
            masked = self.value(name, parsed)
        except (ValueError, RecursionError):
            return self.text(name, text)
        if isinstance(masked, str):
            return masked
        return text if masked == parsed else json.dumps(masked, ensure_ascii=False, separators=(",", ":"))

    def value(self, name: str, value: Any) -> Any:
        """A value of any shape; the name is that of the nearest field around it."""
        if isinstance(value, dict):
            return {key: self.value(str(key), item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.value(name, item) for item in value]
        return self.text(name, value) if isinstance(value, str) else value

    def text(self, name: str, text: str) -> str:
        """A single text."""
        if _TOKEN.search(text):
            return _TOKEN.sub(lambda found: self._token(name, found.group()), text)
        if len(text) >= _SHORTEST_SECRET and (sounds_secret(name) or _SESSION_NAME.search(name)):
            return self._replace(name, text)
        return text

    def _token(self, name: str, token: str) -> str:
        """A page reads what a token says; without its signature it opens nothing."""
        self._replace(name, token)
        return token.rpartition(".")[0] + ".masked"
