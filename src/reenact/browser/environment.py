"""The environment of a recording or a replay, and whether pictures from two of them may be compared."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib import metadata
from typing import TYPE_CHECKING, Any

from reenact.browser.fonts import fonts_digest
from reenact.browser.launch import flags_of, is_headless
from reenact.config import __version__

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FACTS = """() => ({
  viewport: {width: innerWidth, height: innerHeight},
  scale: devicePixelRatio,
  locale: navigator.language,
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  scheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  agent: navigator.userAgent,
  touch: navigator.maxTouchPoints > 0,
  screen: {width: screen.width, height: screen.height},
  motion: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'reduce' : 'no-preference',
  forced: matchMedia('(forced-colors: active)').matches ? 'active' : 'none',
})"""


def environment(page: Page, *, transport: str = "cdp", headless: bool | None = None) -> dict[str, Any]:
    """Everything outside the page that its pixels depend on, in the shape of ``environment`` in trace.json.

    ``page`` should stand on ``about:blank``: what it answers comes from its own objects, and a page of the
    application may have patched them. ``transport`` says how the script talks to us; ``headless`` is asked of
    the browser when it is None.
    """
    browser = page.context.browser
    facts = page.evaluate(_FACTS)
    if browser and headless is None:
        headless = is_headless(browser)
    return {
        "browser": {
            "name": browser.browser_type.name if browser else "chromium",
            "version": browser.version if browser else None,
            # Firefox does not say.
            **({} if headless is None and transport != "cdp" else {"headless": headless}),
        },
        "os": f"{platform.system()} {platform.release()} {platform.machine()}",
        "viewport": page.viewport_size or facts["viewport"],
        "device_scale_factor": facts["scale"],
        "locale": facts["locale"],
        "timezone": facts["timezone"],
        "color_scheme": facts["scheme"],
        "user_agent": facts["agent"],
        "touch": facts["touch"],
        "mobile": _is_mobile(page.viewport_size, facts),
        "screen": facts["screen"],
        "reduced_motion": facts["motion"],
        "forced_colors": facts["forced"],
        "fonts": fonts_digest(),
        "flags": list(flags_of(browser)) if browser else [],
        "reenact": __version__,
        "playwright": metadata.version("playwright"),
        "transport": transport,
    }


def _is_mobile(viewport: Mapping[str, Any] | None, facts: Mapping[str, Any]) -> bool:
    """A phone lays out a page that does not know phones as if it were wider, and scales it down."""
    return viewport is not None and bool(facts["touch"]) and facts["viewport"]["width"] != viewport["width"]


def context_options(recorded: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments for Playwright's ``new_context`` that give a replay what the recording had.

    The user agent is part of it: a headless browser calls itself another name, which a page can print.
    """
    options: dict[str, Any] = {}
    for ours, theirs in (
        ("viewport", "viewport"),
        ("device_scale_factor", "device_scale_factor"),
        ("locale", "locale"),
        ("timezone", "timezone_id"),
        ("color_scheme", "color_scheme"),
        ("user_agent", "user_agent"),
        ("touch", "has_touch"),
        ("mobile", "is_mobile"),
        ("screen", "screen"),
        ("reduced_motion", "reduced_motion"),
        ("forced_colors", "forced_colors"),
    ):
        value = recorded.get(ours)
        if value:
            options[theirs] = dict(value) if isinstance(value, Mapping) else value
    return options


def differences(recorded: Mapping[str, Any], replayed: Mapping[str, Any]) -> list[str]:
    """What differs between two environments so much that their pictures cannot be compared, in words.

    An empty list means they can. What one side does not say is not held against it.
    """
    found: list[str] = []

    def compare(title: str, before: object, after: object) -> None:
        if before not in (None, "", {}) and after not in (None, "", {}) and before != after:
            found.append(f"{title}: recorded with {before}, replayed with {after}")

    then, now = _section(recorded, "browser"), _section(replayed, "browser")
    compare("browser", then.get("name"), now.get("name"))
    if then.get("name") == now.get("name"):
        compare("browser version", _major(then.get("version")), _major(now.get("version")))
    compare("operating system", _system(recorded), _system(replayed))
    compare("viewport", _size(recorded), _size(replayed))
    compare("device scale factor", _number(recorded), _number(replayed))
    for key, title in (("locale", "locale"), ("timezone", "time zone"), ("color_scheme", "colour scheme")):
        compare(title, recorded.get(key), replayed.get(key))
    fonts = recorded.get("fonts"), replayed.get("fonts")
    if all(fonts) and fonts[0] != fonts[1]:
        found.append("fonts: other fonts are installed here than where the trace was recorded")
    found.extend(_flag_differences(recorded.get("flags"), replayed.get("flags")))
    return found


def _flag_differences(before: object, after: object) -> list[str]:
    if not isinstance(before, (list, tuple)) or not isinstance(after, (list, tuple)):
        return []
    lost, added = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    parts = [f"without {' '.join(lost)}"] if lost else []
    if added:
        parts.append(f"with {' '.join(added)}")
    return [f"browser flags: replayed {' and '.join(parts)}, unlike the recording"] if parts else []


def _section(environment: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = environment.get(key)
    return value if isinstance(value, Mapping) else {}


def _major(version: object) -> str | None:
    return str(version).split(".", 1)[0] if version else None


def _system(environment: Mapping[str, Any]) -> str | None:
    named = str(environment.get("os") or "").split()
    return named[0] if named else None


def _size(environment: Mapping[str, Any]) -> str | None:
    viewport = _section(environment, "viewport")
    return f"{viewport.get('width')}x{viewport.get('height')}" if viewport else None


def _number(environment: Mapping[str, Any]) -> float | None:
    value = environment.get("device_scale_factor")
    return float(value) if isinstance(value, (int, float)) else None
