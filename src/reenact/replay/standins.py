"""What a replay types where the person typed a secret.

The archive's answers do not depend on the secret, so any text does; it must only be found again in what the
page then sends. Against a running server the real one is needed: it comes from the environment.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping

from reenact.errors import UsageError
from reenact.trace import Act

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
VARIABLE = "REENACT_SECRET_{name}"


class Standins:
    """Gives the characters to type for each secret, one key after the other.

    ``texts`` maps a secret's name to what is typed for it in whole.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)
        self._typed: Counter[tuple[str | None, str]] = Counter()

    @classmethod
    def for_archive(cls, acts: Iterable[Act]) -> Standins:
        """Texts as long as the secrets, that occur nowhere by chance."""
        return cls({name: _text(name, length) for name, length in _lengths(acts).items()})

    @classmethod
    def from_environment(cls, acts: Iterable[Act]) -> Standins:
        """The real secrets. Raises `UsageError` naming the first variable that is missing."""
        texts: dict[str, str] = {}
        for name in _lengths(acts):
            variable = VARIABLE.format(name=name)
            if variable not in os.environ:
                raise UsageError(
                    f"the session types a secret that is in no trace: {name}",
                    hint=f"Set the environment variable {variable}",
                )
            texts[name] = os.environ[variable]
        return cls(texts)

    def key(self, name: str, document: str | None) -> str:
        """The next character of a secret typed into ``document``."""
        return self.rest(name, document)[:1]

    def rest(self, name: str, document: str | None) -> str:
        """All that is left of it, where more than a character is typed at once."""
        at = self._typed[document, name]
        self._typed[document, name] += 1
        return self.texts.get(name, "")[at:]

    def held(self, name: str, document: str | None) -> str:
        """The character of the key that was pressed last: the one that is now released."""
        at = max(0, self._typed[document, name] - 1)
        return self.texts.get(name, "")[at : at + 1]


def _lengths(acts: Iterable[Act]) -> dict[str, int]:
    """How many characters of each secret are typed at most into one document."""
    counts: Counter[tuple[str | None, str]] = Counter()
    for act in acts:
        event = act.raw.get("event") or {}
        pasted = event.get("clipboard") or {}
        if "secret" in pasted:
            counts[act.document, pasted["secret"]] += max(int(pasted.get("length", 12)), 6)
        if "secret" not in event:
            continue
        if event["type"] == "keydown":
            counts[act.document, event["secret"]] += 1
        elif event["type"] in ("insertText", "setValue", "compose", "commit"):
            counts[act.document, event["secret"]] = max(event.get("length", 12), 6)
    longest: dict[str, int] = {}
    for (_, name), count in counts.items():
        longest[name] = max(longest.get(name, 0), count)
    return longest


def _text(name: str, length: int) -> str:
    seed = hashlib.shake_256(name.encode()).digest(max(length, 1))
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in seed[:length])
