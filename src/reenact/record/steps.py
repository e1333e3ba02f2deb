"""Raw input becomes steps: what a person would say they did, each with the raw inputs it is made of.

The builder is fed in the order in which things happened. A step is put as soon as it begins and again, under
the same id, whenever it grows, so a recording that is killed has lost nothing but the sentence's last word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reenact.record.field_steps import FieldSteps, choice, chosen_labels
from reenact.record.key_steps import KeySteps
from reenact.record.pointer_steps import PointerSteps
from reenact.record.targets import aimed, tag


class StepBuilder(PointerSteps, KeySteps, FieldSteps):
    """Coalesces raw inputs into steps.

    ``put_step`` receives each step as JSON data, again after each change; ``now`` gives milliseconds since
    the session began, for steps that come without their own time. Not safe for several threads.
    """

    @property
    def count(self) -> int:
        """How many steps began so far."""
        return self._count

    @property
    def current(self) -> str | None:
        """The id of the latest step; None before the first."""
        return str(self._recent[-1].step["id"]) if self._recent else None

    @property
    def first_url(self) -> str | None:
        """The address at which the session began; None before the first step."""
        return self._first_url

    # ---- what the person does in a page

    def input(  # noqa: PLR0917 - one call site, fed from a message
        self,
        act_n: int,
        document: str | None,
        page: str,
        url: str | None,
        event: Mapping[str, Any],
        target: Mapping[str, Any] | None,
        time_ms: float,
    ) -> None:
        """Take one raw input event; ``target`` is what it was aimed at, as the page describes it."""
        place = {"page": page, "document": document, "url": url, "time": time_ms}
        handle = {
            "down": self._down,
            "up": self._up,
            "keydown": self._keydown,
            "keyup": self._grow,
            "wheel": self._wheel,
            "insertText": self._insert,
            "setValue": self._insert,
            "compose": self._insert,
            "commit": self._insert,
            "paste": self._paste,
            "select": self._select,
            "files": self._files,
            "drag": self._drag,
            "touch": self._touch,
            "scroll": self._scrolled,
            "resize": self._resize,
            "traverse": self._went,
        }.get(str(event.get("type")), self._lead)
        handle(act_n, place, event, aimed(target, event))

    def value(
        self,
        target: Mapping[str, Any] | None,
        value: str | Mapping[str, Any] | Sequence[Any] | None,
        checked: bool | None = None,  # noqa: FBT001 - as the page's message has it
        before: str | None = None,
    ) -> str | None:
        """Take what a field holds after an input changed it, and return the id of the step that did it.

        Text of a field, ``{"secret": NAME}``, or the chosen options of a list (one label, labels, or objects
        with ``label``); ``checked`` for check boxes and radio buttons; ``before``: what it held when the
        person came to it. None if no step changed the field.
        """
        if checked is not None:
            return self._checked(target, checked=checked)
        if value is None:
            return None
        if tag(target) == "select":
            chosen = dict(value) if isinstance(value, Mapping) else choice(chosen_labels(value))
            return self._chosen(target, chosen, before)
        if isinstance(value, (str, Mapping)):
            return self._filled(target, value, before)
        return None

    # ---- what happens to whole pages

    def navigate(self, act_n: int, page: str, url: str, document: str | None = None) -> str:
        """The person, or the script that drives the browser, opened an address; ``document`` came of it."""
        return self._whole(act_n, page, "navigate", url=url, document=document, value=url)

    def reload(self, act_n: int, page: str, url: str | None, document: str | None = None) -> str:
        """The page was loaded again."""
        return self._whole(act_n, page, "reload", url=url, document=document)

    def traverse(
        self, act_n: int, page: str, url: str | None, delta: int, document: str | None = None
    ) -> str:
        """The person went back (negative) or forward in the history."""
        kind = "back" if delta < 0 else "forward"
        return self._whole(act_n, page, kind, url=url, document=document, value=delta)

    def note(self, act_n: int, page: str, url: str | None, text: str) -> str:
        """The person wrote something down about this moment."""
        return self._whole(act_n, page, "note", url=url, value=text)

    def open_page(self, act_n: int, page: str, url: str | None = None) -> str:
        """A tab or window was opened by hand, not by the page."""
        return self._whole(act_n, page, "openPage", url=url)

    def close_page(self, act_n: int, page: str) -> str:
        """A tab or window was closed."""
        return self._whole(act_n, page, "closePage")

    def dialog(
        self, page: str, kind: str, *, message: str, accepted: bool, text: str | None = None
    ) -> str | None:
        """A dialog of the page (``alert``, ``confirm``, ``prompt``, ``beforeunload``) was answered.

        It belongs to the last act, whose effects asked for it; None before the first step.
        """
        if not self._recent:
            return None
        latest = self._recent[-1].step
        act = int(latest["acts"][1])
        place = {"document": latest["document"], "url": latest["url"]}
        return self._whole(
            act, page, "dialog", **place, value=text, dialog=kind, message=message, accepted=accepted
        )

    def signal(self, signal: Mapping[str, Any], step: str | None = None) -> str | None:
        """Attach what an action set off (a request, an error) to ``step``, or to the latest.

        None before the first step. A step that is long over leaves its signal to the latest.
        """
        if not self._recent:
            return None
        named = (opened for opened in self._recent if opened.step["id"] == step)
        opened = next(named, self._recent[-1])
        opened.step["signals"].append(dict(signal))
        return self._put(opened)

    def checkpoint(self, checkpoint_id: str) -> str | None:
        """Give a checkpoint to the latest step and return that step's id; None before the first step."""
        if not self._recent:
            return None
        latest = self._recent[-1]
        latest.step["checkpoint"] = checkpoint_id
        return self._put(latest)
