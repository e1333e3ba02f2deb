"""What a result means, in sentences. Report, JUnit and summaries say the same thing in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reenact.evidence.text import clip
from reenact.replay.result import CheckpointResult, StepResult, TraceResult, TraceVerdict

if TYPE_CHECKING:
    from reenact.trace import Unstable

HEADLINE: dict[TraceVerdict, str] = {
    "reproduced": "Reproduced",
    "changed": "Changed",
    "diverged": "Diverged",
    "incomparable": "Incomparable",
}

_RANK: tuple[TraceVerdict, ...] = ("reproduced", "incomparable", "changed", "diverged")


def overall(results: Iterable[TraceResult]) -> TraceVerdict:
    """One verdict for a run: the gravest of its traces. Nothing at all is `incomparable`, never a success."""
    return max((result.verdict for result in results), key=_RANK.index, default="incomparable")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 step`, `2 steps`, `1,204 pixels`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def seconds(value: float) -> str:
    """A duration as people say it: 0.42 s, 41.2 s, 3 min 05 s."""
    if value < 1:
        return f"{value:.2f} s"
    if value < 60:
        return f"{value:.1f} s"
    whole = round(value)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


def clock(milliseconds: float) -> str:
    """A moment of a recording: minutes, seconds, tenths."""
    tenths = round(milliseconds / 100)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def moment(when: datetime | str | None) -> str:
    """A point in time in UTC, to the second; a text that is no time comes back as it is."""
    if when is None:
        return ""
    if isinstance(when, str):
        try:
            return moment(datetime.fromisoformat(when))
        except ValueError:
            return when
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return f"{when.astimezone(UTC):%-d %b %Y, %H:%M:%S} UTC"


def differing(result: TraceResult) -> list[StepResult]:
    """The steps that are not as recorded, in order."""
    return [step for step in result.steps if step.verdict in ("changed", "missing")]


def sentence(result: TraceResult) -> str:
    """What happened to one trace, in a few short sentences."""
    outcome = _outcome(result)
    if result.verdict == "incomparable":
        return outcome
    return " ".join(filter(None, (outcome, _not_compared(result), _unmatched(result))))


def _not_compared(result: TraceResult) -> str:
    partly = [step for step in result.steps if any(check.unstable for check in step.checkpoints)]
    if not partly:
        return ""
    what = not_compared([place for step in partly for check in step.checkpoints for place in check.unstable])
    return f"Not compared in {count(len(partly), 'step')}: {what}."


def _unmatched(result: TraceResult) -> str:
    """What no picture shows. Of a replay that differs, the first cause says what it has to do with it."""
    if result.verdict != "reproduced" or not (result.misses or result.near or result.skips):
        return ""
    what = [
        (len(result.misses), "request without an answer", "requests without an answer"),
        (len(result.near), "request that sent something else", "requests that sent something else"),
        (len(result.skips), "event that did not happen again", "events that did not happen again"),
    ]
    told = ", ".join(count(number, one, many) for number, one, many in what if number)
    return f"No picture shows this: {told}."


def not_compared(places: Sequence[Unstable]) -> str:
    """What stands in places of a picture that are not compared."""
    return ", ".join(sorted({place.what for place in places}))


def _outcome(result: TraceResult) -> str:
    total, tolerated = len(result.steps), sum(step.verdict == "tolerated" for step in result.steps)
    if result.verdict == "reproduced":
        compared = sum(any(c.exact_pixels is not None for c in step.checkpoints) for step in result.steps)
        if not compared:
            return f"{count(total, 'step')} carried out; there was no picture to compare."
        if tolerated:
            return (
                f"{total - tolerated:,} of {count(total, 'step')} look exactly as recorded; "
                f"{tolerated:,} within the configured tolerance."
            )
        return f"All {count(total, 'step')} look exactly as recorded." if total > 1 else "As recorded."
    if result.verdict == "diverged":
        return _diverged(result, total)
    if result.verdict == "incomparable":
        cause = result.first_divergence.cause if result.first_divergence else None
        cause = cause or "; ".join(f"{n} {a} recorded, {b} now" for n, a, b in environment_changes(result))
        cause = clip(cause, 400) or "This browser does not draw as the one of the recording"
        return f"The pictures cannot be compared, so nothing is said about the application. {_ended(cause)}"
    steps = differing(result)
    if not steps:
        return "The replay differs from the recording."
    first = steps[0]
    verb = ("look" if any(step.changed_pixels for step in steps) else "differ") + (
        "s" if len(steps) == 1 else ""
    )
    what = f"{verb} different" if verb.startswith("look") else verb
    because = f" {_ended(clip(first.cause, 300))}" if first.cause else ""
    return (
        f"{len(steps):,} of {count(total, 'step')} {what}. "
        f"First: step {first.index}, {_ended(clip(first.title, 200))}{because}"
    )


def run_sentence(results: Sequence[TraceResult]) -> str:
    """What happened in a run of several traces."""
    if len(results) == 1:
        return sentence(results[0])
    if not results:
        return "No trace was replayed."
    parts = [
        f"{number:,} {verdict}"
        for verdict in reversed(_RANK)
        if (number := sum(result.verdict == verdict for result in results))
    ]
    if len(parts) == 1 and results[0].verdict == "reproduced":
        return f"All {len(results):,} traces look exactly as recorded or are within their tolerance."
    return f"Of {len(results):,} traces: {', '.join(parts)}."


def _outside(check: CheckpointResult) -> str:
    if not check.unstable:
        return ""
    return f" outside of {count(len(check.unstable), 'place')} not compared ({not_compared(check.unstable)})"


def pixels(check: CheckpointResult) -> str:
    """The two counts of a checkpoint in words."""
    if check.exact_pixels is None:
        return check.reason or "No picture to compare"
    if check.exact_pixels == 0:
        return ("Identical to the pixel" if check.verdict == "identical" else "No pixel differs") + _outside(
            check
        )
    changed = check.changed_pixels or 0
    differ = count(check.exact_pixels, "pixel differs", "pixels differ")
    if changed == check.exact_pixels:
        return differ
    if changed == 0:
        return f"{differ}, too faintly for the eye"
    return f"{differ}, {changed:,} of them visibly"


def certification(block: Mapping[str, Any] | None) -> tuple[str, str]:
    """A word and a sentence about how far the recording itself can be relied on."""
    if not block:
        return "Not certified", "The recording was not replayed against itself"
    times, identical, total = block.get("times"), block.get("identical"), block.get("checkpoints")
    figures = f"{identical} of {total} checkpoints identical" if total is not None else "checkpoints compared"
    replays = f" in {times} replays" if times else ""
    if block.get("verdict") == "certified":
        return "Certified", f"{figures}{replays}"
    return "Unstable", f"Only {figures}{replays}" if total is not None else f"{figures}{replays}"


def environment_rows(environment: Mapping[str, Any]) -> dict[str, str]:
    """The environment block of a trace as name and value, in the order people look for them."""
    browser = environment.get("browser")
    viewport = environment.get("viewport")
    rows: dict[str, str] = {}
    if isinstance(browser, Mapping):
        name = str(browser.get("name") or "")
        known = {"chromium": "Chromium", "firefox": "Firefox", "webkit": "WebKit"}.get(name, name)
        rows["Browser"] = f"{known} {browser.get('version') or ''}".strip()
        if "headless" in browser:
            rows["Window"] = "headless" if browser["headless"] else "headed"
    elif browser:
        rows["Browser"] = str(browser)
    if isinstance(viewport, Mapping):
        rows["Viewport"] = f"{viewport.get('width')} × {viewport.get('height')}"
    names = {
        "device_scale_factor": "Scale",
        "os": "System",
        "fonts": "Fonts",
        "locale": "Language",
        "timezone": "Time zone",
        "color_scheme": "Colour scheme",
        "reenact": "reenact",
        "playwright": "Playwright",
        "transport": "Transport",
        "user_agent": "User agent",
        "flags": "Flags",
    }
    for key, name in names.items():
        value = environment.get(key)
        if value not in (None, "", [], ()):
            rows[name] = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if "Fonts" in rows:
        rows["Fonts"] = f"set {rows['Fonts'][:12]}"  # a digest: its head tells two sets apart
    return rows


def environment_changes(result: TraceResult) -> list[tuple[str, str, str]]:
    """Name, recorded and present value of what decides how a page is drawn and is not the same any more."""
    then, now = environment_rows(result.recorded_environment), environment_rows(result.environment)
    drawing = ("Browser", "Viewport", "Scale", "System", "Fonts", "Language", "Time zone", "Colour scheme")
    return [
        (name, clip(then[name], 60), clip(now[name], 60))
        for name in drawing
        if name in then and name in now and then[name] != now[name]
    ]


def _diverged(result: TraceResult, total: int) -> str:
    if not result.first_divergence:
        return "A step could not be carried out as recorded."
    stop = result.first_divergence
    found = next((step for step in result.steps if step.id == stop.step), None)
    number = f"Step {found.index} of {total:,}" if found else "A step"
    before = [step for step in result.steps if found and step.index < found.index]
    same = sum(step.verdict in ("identical", "tolerated") for step in before)
    were = "was" if same == 1 else "were"
    some = f"of the {count(len(before), 'step')} before it, {same:,} {were} as recorded"
    every = f"{count(same, 'step')} before it {were} as recorded"
    verified = f" {(every if same == len(before) else some.capitalize())}." if before else ""
    title = clip(stop.title, 200)
    return f"{number} could not be carried out: {_ended(title)} {_ended(clip(stop.cause, 300))}{verified}"


def _ended(text: str) -> str:
    """With a full stop, unless the text brings its own end."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
