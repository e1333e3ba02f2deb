"""Keys by DevTools are those of Playwright's keyboard, and those of other layouts are themselves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

import pytest
from playwright.async_api import async_playwright

from reenact.browser.async_launch import launch_async
from reenact.browser.pipe import open_session
from reenact.replay.keyboard import DevToolsKeys, Keys, PlaywrightKeys, Stroke

PAGE = """<textarea autofocus></textarea><script>
const heard = [];
for (const type of ['keydown', 'keypress', 'beforeinput', 'input', 'keyup']) {
  addEventListener(type, (event) => {
    const { key, code, keyCode, charCode, location, repeat, data, inputType } = event;
    const held = ['Alt', 'Control', 'Meta', 'Shift'].filter((name) => event.getModifierState?.(name)).join('+');
    heard.push(JSON.stringify({ type, key, code, keyCode, charCode, location, repeat, data, inputType, held }));
  });
}
</script>"""
HELD = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}
CHARACTERS = [chr(code) for code in range(32, 127)]
NAMED = [
    "Enter", "Tab", "Escape", "Backspace", "Delete", "Insert", "Home", "End", "PageUp", "PageDown", "ArrowLeft",
    "ArrowUp", "ArrowRight", "ArrowDown", "CapsLock", "NumLock", "ScrollLock", "Pause", "ContextMenu", "F1", "F2",
    "F9", "F12", "Process", "Unidentified",
]  # fmt: skip
CHORDS = {"Control": "abfzyB", "Shift": "aAq!", "Alt": "xk"}
"""Ctrl+C, +V, +X and what else reaches beyond the page are left to where they are recorded."""


async def _events(keys_of: type[PlaywrightKeys] | None, strokes: Sequence[tuple[str, Stroke]]) -> list[str]:
    async with async_playwright() as playwright:
        browser, pipe = await launch_async(playwright, headless=True)
        page = await browser.new_page()
        await page.set_content(PAGE)
        # The browser does so with a frame, and a key that comes before writes nowhere.
        await page.wait_for_function("document.activeElement.localName === 'textarea'")
        session = await open_session(page, pipe)
        keys: Keys = keys_of(page.keyboard) if keys_of else DevToolsKeys(session.send)
        for way, stroke in strokes:
            await (keys.down if way == "down" else keys.up)(stroke)
        heard: list[str] = await page.evaluate("heard")
        text = await page.input_value("textarea")
        await browser.close()
    return [*heard, text]


def events(keys_of: type[PlaywrightKeys] | None, strokes: Sequence[tuple[str, Stroke]]) -> list[str]:
    """What a page hears of these strokes, and what stands in its field at the end."""
    return asyncio.run(_events(keys_of, strokes))


def pressed(*strokes: Stroke) -> list[tuple[str, Stroke]]:
    return [(way, stroke) for stroke in strokes for way in ("down", "up")]


@pytest.mark.parametrize("keys", [CHARACTERS, NAMED], ids=["characters", "named"])
def test_a_key_is_what_playwright_makes_of_it(keys: list[str]) -> None:
    strokes = pressed(*map(Stroke, keys))
    assert events(None, strokes) == events(PlaywrightKeys, strokes)


@pytest.mark.parametrize("held", CHORDS)
def test_so_is_a_key_with_another_one_held(held: str) -> None:
    bit = HELD[held]
    modifier = Stroke(held, f"{held}Left", 1, bit)
    characters = [character.upper() if held == "Shift" else character for character in CHORDS[held]]
    chords = pressed(*(Stroke(character, modifiers=bit) for character in characters))
    strokes = [("down", modifier), *chords, ("up", modifier._replace(modifiers=0))]
    assert events(None, strokes) == events(PlaywrightKeys, strokes)


def test_a_key_that_is_held_down_repeats() -> None:
    strokes = [("down", Stroke("a")), ("down", Stroke("a", repeat=True)), ("up", Stroke("a"))]
    told = events(None, strokes)
    assert told == events(PlaywrightKeys, strokes)
    assert told[-1] == "aa"


def test_keys_of_other_layouts_are_themselves() -> None:
    strokes = pressed(
        Stroke("z", "KeyY"),
        Stroke("ß", "Minus"),
        Stroke("7", "Numpad7", 3),
        Stroke("Home", "Numpad7", 3),
        Stroke(",", "NumpadDecimal", 3),
        Stroke("\u20ac"),
    )
    *told, text = events(None, strokes)
    assert text == ",\u20aczß7"
    keys = [json.loads(event) for event in told]
    for way in ("keydown", "keyup"):
        assert [
            (key["key"], key["code"], key["keyCode"], key["location"]) for key in keys if key["type"] == way
        ] == [
            ("z", "KeyY", 90, 0),
            ("ß", "Minus", 189, 0),
            ("7", "Numpad7", 103, 3),
            ("Home", "Numpad7", 36, 3),
            (",", "NumpadDecimal", 110, 3),
        ]
