"""The keys of a replay: pressed and released as the recording names them.

DevTools is told of a key what Playwright tells it (``server/chromium/crInput.ts``), but with the code and the
modifiers of the recording, so that a key of a layout other than the American one is itself. On macOS, where a
key also needs the editing command that it stands for, and in Firefox, Playwright presses the key that its own
layout knows.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from playwright.async_api import Keyboard

MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}
_NUMBER_PAD = 3
_NAMED = {
    "Backspace": 8, "Tab": 9, "Enter": 13, "Shift": 16, "Control": 17, "Alt": 18, "Pause": 19, "CapsLock": 20,
    "Escape": 27, "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38,
    "ArrowRight": 39, "ArrowDown": 40, "PrintScreen": 44, "Insert": 45, "Delete": 46, "Meta": 91,
    "ContextMenu": 93, "NumLock": 144, "ScrollLock": 145, "AltGraph": 225,
    **{f"F{number}": 111 + number for number in range(1, 25)},
}  # fmt: skip
"""Virtual key codes of Windows, which all platforms send: UI Events, 7.1 (fixed virtual key codes)."""
_PRINTING = {
    "Space": (32, " "), "Semicolon": (186, ";:"), "Equal": (187, "=+"), "Comma": (188, ",<"),
    "Minus": (189, "-_"), "Period": (190, ".>"), "Slash": (191, "/?"), "Backquote": (192, "`~"),
    "BracketLeft": (219, "[{"), "Backslash": (220, "\\|"), "BracketRight": (221, "]}"), "Quote": (222, "'\""),
    "IntlBackslash": (226, ""),
    **{f"Digit{digit}": (48 + digit, f"{digit}{')!@#$%^&*('[digit]}") for digit in range(10)},
    **{f"Key{letter}": (ord(letter), f"{letter.lower()}{letter}") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
}  # fmt: skip
"""By code: the virtual key code, and what the key gives on an American keyboard, without and with Shift."""
_CODES = {character: code for code, (_, characters) in _PRINTING.items() for character in characters}
_PAD = {
    "NumpadMultiply": 106,
    "NumpadAdd": 107,
    "NumpadSubtract": 109,
    "NumpadDecimal": 110,
    "NumpadDivide": 111,
}


class Stroke(NamedTuple):
    """A key: its name or character and, as far as known, its place, what was held, whether it repeats."""

    key: str
    code: str = ""
    location: int = 0
    modifiers: int = 0
    repeat: bool = False


def stroke_of(event: Mapping[str, Any]) -> Stroke:
    """The key of a recorded event."""
    bits = sum(MODIFIERS.get(name, 0) for name in event.get("modifiers", ()))
    return Stroke(
        str(event.get("key", "")),
        str(event.get("code", "")),
        int(event.get("location", 0)),
        bits,
        bool(event.get("repeat")),
    )


class Keys(Protocol):
    """A keyboard; a key that it does not have, and that gives no character, is not pressed."""

    async def down(self, stroke: Stroke) -> None:
        """Press a key."""

    async def up(self, stroke: Stroke) -> None:
        """Release it."""


class PlaywrightKeys:
    """Playwright's own keyboard."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keyboard = keyboard

    async def down(self, stroke: Stroke) -> None:
        """Press a key."""
        from playwright.async_api import Error

        try:
            await self._keyboard.down(_playwright_name(stroke))
        except Error:
            # No key of the keyboard that Playwright knows gives this character.
            if len(stroke.key) == 1:
                await self._keyboard.insert_text(stroke.key)

    async def up(self, stroke: Stroke) -> None:
        """Release it."""
        from playwright.async_api import Error

        with contextlib.suppress(Error):
            await self._keyboard.up(_playwright_name(stroke))


class DevToolsKeys:
    """Keys by DevTools. ``send`` sends a command and awaits its answer."""

    def __init__(self, send: Callable[[str, Mapping[str, Any]], Awaitable[Any]]) -> None:
        self._send = send

    async def down(self, stroke: Stroke) -> None:
        """Press a key."""
        told = _told(stroke)
        text = _text(stroke)
        if told is not None:
            kind = (
                {"type": "keyDown", "text": text, "unmodifiedText": text} if text else {"type": "rawKeyDown"}
            )
            await self._send("Input.dispatchKeyEvent", told | kind | {"autoRepeat": stroke.repeat})
        elif text:
            await self._send("Input.insertText", {"text": text})

    async def up(self, stroke: Stroke) -> None:
        """Release it."""
        told = _told(stroke)
        if told is not None:
            await self._send("Input.dispatchKeyEvent", told | {"type": "keyUp"})


def has_editing_commands() -> bool:
    """Whether keys edit text only with the command that they stand for: macOS."""
    return sys.platform == "darwin"


def _told(stroke: Stroke) -> dict[str, Any] | None:
    """What DevTools is told of a key, pressed or released; None where it is none that can be told of."""
    code = stroke.code or _CODES.get(stroke.key, stroke.key if stroke.key in _NAMED else "")
    number = _virtual_key(stroke.key, code)
    if number is None:
        return None
    return {
        "key": stroke.key,
        "code": code,
        "windowsVirtualKeyCode": number,
        "modifiers": stroke.modifiers,
        "location": stroke.location,
        "isKeypad": stroke.location == _NUMBER_PAD,
    }


def _virtual_key(key: str, code: str) -> int | None:
    if code.startswith("Numpad") and len(key) == 1:
        return 96 + int(code[-1]) if code[-1].isdigit() else _PAD.get(code)
    if len(key) != 1:
        return _NAMED.get(key)
    # The key that gives a letter has that letter's code wherever it is; of others, the place tells.
    if key.isascii() and key.isalpha():
        return ord(key.upper())
    return _PRINTING[code][0] if code in _PRINTING else None


def _text(stroke: Stroke) -> str:
    """What a key writes: nothing with a modifier but Shift, or AltGr, which Windows tells as two."""
    held = stroke.modifiers & ~MODIFIERS["Shift"]
    if held and not (_is_alt_gr(held) and not (stroke.key.isascii() and stroke.key.isalnum())):
        return ""
    if stroke.key == "Enter":
        return "\r"
    return stroke.key if len(stroke.key) == 1 else ""


def _is_alt_gr(held: int) -> bool:
    return sys.platform == "win32" and held == MODIFIERS["Alt"] | MODIFIERS["Control"]


def _playwright_name(stroke: Stroke) -> str:
    """Playwright's name of the key: the physical key where it matters (number pad, left or right)."""
    return stroke.code if stroke.location != 0 and stroke.code else stroke.key
