"""A stranger who uses any page at random: whatever an address shows is clicked, typed into, scrolled and dragged.

The same seed on the same pages does the same. What runs there is nobody's of us: nothing is started or stopped, and
links to elsewhere are left alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from playwright.sync_api import Error, Page
from tests.applications.application import Application, Server
from tests.applications.person import Person

_TRIED = "a,button,input,select,textarea,summary,canvas,li,td,[role],[contenteditable=true]"
_IN_REACH = """(tried) => [...document.querySelectorAll(tried)].flatMap((element) => {
  const box = element.getBoundingClientRect();
  const x = box.x + box.width / 2, y = box.y + box.height / 2;
  const isInView = box.width > 3 && box.height > 3 && box.x >= 0 && box.y >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
  const on = isInView && document.elementFromPoint(x, y);
  if (!on || !(element.contains(on) || on.contains(element))) return [];
  const link = element.closest('a');
  if (link && (link.target === '_blank' || (link.origin && link.origin !== location.origin))) return [];
  const isText = element.matches('textarea,[contenteditable=true],input:not([type]),input[type=text],input[type=search],input[type=number]');
  return [{ x, y, isText }];
})"""
_HABITS = {"click": 10, "wheel": 2, "hover": 2, "drag": 2, "key": 2}
_TEXTS = ("hello", "42", "a b c")
_KEYS = ("Tab", "ArrowDown", "Escape")


def stranger(url: str, name: str, *, seed: int, actions: int) -> Application:
    """Someone who does so many things at an address."""

    @contextmanager
    def running() -> Iterator[Server]:
        yield _Elsewhere(url)

    return Application(name, f"a stranger at {url}", running, partial(_use, seed=seed, actions=actions))


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What runs at an address, whoever started it."""

    url: str

    def stop(self) -> None:
        """It goes on."""


def _use(page: Page, url: str, pace: float, *, seed: int, actions: int) -> None:
    chance, person = random.Random(seed), Person(page, pace, seed)
    person.open(url)
    person.pause(1.5)
    for _ in range(actions):
        try:
            _act(person, chance)
        except Error:
            # The page left, or was busy: the next action finds what there is by then.
            continue
        person.pause(chance.uniform(0.3, 1.1))


def _act(person: Person, chance: random.Random) -> None:
    within: list[dict[str, Any]] = person.page.evaluate(_IN_REACH, _TRIED)
    [habit] = chance.choices(list(_HABITS), list(_HABITS.values()))
    if habit == "key":
        person.press(chance.choice(_KEYS))
    elif habit == "wheel" or not within:
        person.wheel(chance.choice((200, 400, -200)))
    else:
        target = chance.choice(within)
        at = (target["x"], target["y"])
        if habit == "hover":
            person.point_at(at)
        elif habit == "drag":
            person.draw([at, (at[0] + chance.randint(-150, 150), at[1] + chance.randint(-80, 80))])
        else:
            person.click_at(at)
            if target["isText"]:
                person.type(chance.choice(_TEXTS))
