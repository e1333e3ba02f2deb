"""The parts of a trace as frozen views over its JSON. ``raw`` keeps everything, also what we do not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Raw = Mapping[str, Any]
"""The JSON object a view was made from. Not to be changed."""


@dataclass(frozen=True, slots=True)
class Locator:
    """One way to find an element: ``kind`` is testid, role, label, placeholder, text or css.

    For kind "role", ``role`` is the role and ``value`` the accessible name.
    """

    kind: str
    value: str
    role: str | None
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Locator:
        """Return the view of a valid JSON object."""
        return cls(raw["kind"], raw["value"], raw.get("role"), raw)


@dataclass(frozen=True, slots=True)
class Target:
    """The element a step acted on. Lengths are CSS pixels; ``offset`` is from the corner of ``box``.

    ``locators`` are ranked, best first; ``frame`` leads from the page to the frame it stands in.
    """

    tag: str | None
    role: str | None
    name: str | None
    locators: tuple[Locator, ...]
    box: Mapping[str, float] | None
    offset: Mapping[str, float] | None
    frame: tuple[Any, ...]
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Target:
        """Return the view of a valid JSON object."""
        return cls(
            raw.get("tag"),
            raw.get("role"),
            raw.get("name"),
            tuple(map(Locator.of, raw["locators"])),
            raw.get("box"),
            raw.get("offset"),
            tuple(raw.get("frame", ())),
            raw,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One tab or popup of the session; ``opener`` is the id of the page that opened it."""

    id: str
    opener: str | None
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Page:
        """Return the view of a valid JSON object."""
        return cls(raw["id"], raw.get("opener"), raw)


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the person, in words (``title``), with what it acted on and what it caused.

    ``time`` is milliseconds since the start of the session. ``value`` is None when there is none or
    it was masked; then ``secret`` names it. ``acts`` are the first and last of its acts, inclusive.
    """

    id: str
    type: str
    title: str
    page: str
    document: str | None
    time: float
    url: str | None
    target: Target | None
    value: Any
    secret: str | None
    acts: tuple[int, int] | None
    signals: tuple[Raw, ...]
    checkpoint: str | None
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Step:
        """Return the view of a valid JSON object."""
        target, value, acts = raw.get("target"), raw.get("value"), raw.get("acts")
        secret = value.get("secret") if isinstance(value, dict) else None
        return cls(
            raw["id"],
            raw["type"],
            raw["title"],
            raw["page"],
            raw.get("document"),
            raw["time"],
            raw.get("url"),
            None if target is None else Target.of(target),
            value if secret is None else None,
            secret,
            None if acts is None else (acts[0], acts[1]),
            tuple(raw.get("signals", ())),
            raw.get("checkpoint"),
            raw,
        )


@dataclass(frozen=True, slots=True)
class Unstable:
    """A place in a picture, in its pixels, of which a picture does not repeat; ``what`` is there (video)."""

    x: int
    y: int
    width: int
    height: int
    what: str

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left edge, top edge, width and height, as a comparison takes what it ignores."""
        return self.x, self.y, self.width, self.height


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What stood on screen after a step. ``screenshot`` and ``aria`` are SHA-256 of resources.

    ``act`` is the act it stands at, ``time`` milliseconds since the start, ``source`` who took the
    screenshot (recording, certification), ``reason`` why the moment was chosen (settled, capped,
    superseded); ``interim`` when it stands within its step and not at the end. ``unstable`` are places that
    are not compared.
    """

    id: str
    step: str | None
    page: str
    document: str | None
    act: int | None
    url: str | None
    title: str | None
    time: float | None
    screenshot: str | None
    source: str | None
    reason: str | None
    aria: str | None
    interim: bool
    unstable: tuple[Unstable, ...]
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Checkpoint:
        """Return the view of a valid JSON object."""
        return cls(
            raw["id"],
            raw["step"],
            raw["page"],
            raw.get("document"),
            raw.get("act"),
            raw.get("url"),
            raw.get("title"),
            raw.get("time"),
            raw.get("screenshot"),
            raw.get("source"),
            raw.get("reason"),
            raw.get("aria"),
            raw.get("interim", False),
            tuple(
                Unstable(u["x"], u["y"], u["width"], u["height"], u["what"]) for u in raw.get("unstable", ())
            ),
            raw,
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the recording knows that it does not hold. ``time`` is milliseconds since the start."""

    kind: str
    detail: str
    step: str | None
    time: float | None
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Gap:
        """Return the view of a valid JSON object."""
        return cls(raw["kind"], raw["detail"], raw.get("step"), raw.get("time"), raw)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing replay has to do, in order ``n``: an input event, a navigation, a checkpoint.

    ``ordinal`` is its place among the inputs of its document. The fields of its type are in ``raw``.
    """

    n: int
    type: str
    page: str | None
    document: str | None
    ordinal: int | None
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Act:
        """Return the view of a valid JSON object."""
        return cls(raw["n"], raw["type"], raw.get("page"), raw.get("document"), raw.get("ordinal"), raw)


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a page or frame, with its timeline.

    ``origin_time`` is milliseconds since 1970; ``entries`` are flat triples kind, argument, delta.
    """

    id: str
    page: str
    frame: str | None
    url: str | None
    origin_time: float | None
    seed: int | None
    entries: Sequence[Any] = field(repr=False)
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Document:
        """Return the view of a valid JSON object."""
        return cls(
            raw["id"],
            raw["page"],
            raw.get("frame"),
            raw.get("url"),
            raw.get("origin_time"),
            raw.get("seed"),
            raw.get("entries", ()),
            raw,
        )


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. Bodies are SHA-256 of resources; headers keep order and repetition.

    ``document`` is the document the answer became, ``initiator`` the one that asked, ``dynamic`` whether it
    asked by a script. ``failed`` is the browser's error; ``is_part``: more of the answer was to come by then.
    ``time`` (since the start) and ``duration`` are milliseconds.
    """

    id: str
    method: str
    url: str
    type: str | None
    request_headers: tuple[tuple[str, str], ...]
    request_body: str | None
    status: int | None
    status_text: str
    response_headers: tuple[tuple[str, str], ...]
    response_body: str | None
    size: int | None
    is_part: bool
    document: str | None
    initiator: str | None
    dynamic: bool
    redirected_from: str | None
    failed: str | None
    from_cache: bool
    time: float | None
    duration: float | None
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> Exchange:
        """Return the view of a valid JSON object."""
        request, response = raw.get("request") or {}, raw.get("response") or {}
        return cls(
            raw["id"],
            raw["method"],
            raw["url"],
            raw.get("type"),
            _pairs(request),
            request.get("body"),
            raw.get("status"),
            raw.get("status_text") or "",
            _pairs(response),
            response.get("body"),
            response.get("size"),
            response.get("part", False),
            raw.get("document"),
            raw.get("initiator"),
            raw.get("dynamic", False),
            raw.get("redirected_from"),
            raw.get("failed"),
            raw.get("from_cache", False),
            raw.get("time"),
            raw.get("duration"),
            raw,
        )


@dataclass(frozen=True, slots=True)
class WebSocket:
    """One WebSocket: its handshake and its messages in order.

    A frame is ``{"from": "page" | "server", "text": TEXT}``, or holds the SHA-256 of its bytes under
    ``resource``. ``status`` is that of the handshake, None when none was answered; ``closed`` and ``time``
    are milliseconds since the start of the session.
    """

    id: str
    url: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    frames: tuple[Raw, ...]
    closed: float | None
    time: float | None
    raw: Raw = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: Raw) -> WebSocket:
        """Return the view of a valid JSON object."""
        return cls(
            raw["id"],
            raw["url"],
            raw.get("status"),
            _pairs(raw),
            tuple(raw.get("frames", ())),
            raw.get("closed"),
            raw.get("time"),
            raw,
        )


def _pairs(message: Raw) -> tuple[tuple[str, str], ...]:
    """The headers of a request, a response or a handshake."""
    return tuple((name, value) for name, value in message.get("headers", ()))
