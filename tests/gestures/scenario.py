"""What a row of the table of gestures is: a page, real input on it, and the steps that a reader expects."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fixtures.pages.site import Page as SitePage
from playwright.sync_api import Page

Act = Callable[[Page], None]

HEARD = """
<p id=heard style="font:11px/1.3 monospace;overflow-wrap:anywhere"></p><script>
(() => {
  // Every event that reached the page stands on it, with its count: a replay that does more, less or other looks different.
  const counts = new Map();
  const types = ['pointerdown', 'pointerup', 'pointercancel', 'mousedown', 'mouseup', 'mouseenter', 'click', 'dblclick',
    'auxclick', 'contextmenu', 'keydown', 'keyup', 'beforeinput', 'input', 'change', 'select', 'focusin', 'focusout', 'scroll',
    'dragstart', 'dragenter', 'dragleave', 'dragover', 'drop', 'dragend', 'copy', 'cut', 'paste', 'submit', 'reset', 'toggle',
    'compositionstart', 'compositionupdate', 'compositionend', 'touchstart', 'touchmove', 'touchend', 'touchcancel', 'cancel',
    'close', 'fullscreenchange', 'invalid', 'search', 'gotpointercapture', 'lostpointercapture', 'wheel', 'beforetoggle'];
  const heard = document.getElementById('heard');
  for (const type of types) addEventListener(type, (event) => {
    const at = event.composedPath()[0];
    const what = [type, at.id || at.localName || 'page', event.button > 0 ? 'button' + event.button : '', event.key ?? '',
      ['ctrl', 'shift', 'alt', 'meta'].filter((key) => event[key + 'Key']).join('+'), event.repeat ? 'repeat' : '',
      event.inputType ?? '', event.pointerType ?? '', event.isTrusted ? '' : 'by script'].filter(Boolean).join(' ');
    counts.set(what, (counts.get(what) ?? 0) + 1);
    heard.textContent = [...counts].map(([key, count]) => count > 1 ? key + ' x' + count : key).join(', ');
  }, true);
})();
</script>"""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row of the table.

    ``shown`` is text that the page shows in the end when the gesture had its effect; ``steps`` are the titles of
    the steps after the opening of the page, where … stands for what the test cannot know; ``unheard`` are events whose number is the browser's own affair.
    """

    name: str
    body: str
    act: Act
    steps: tuple[str, ...]
    shown: str = ""
    pages: Mapping[str, SitePage] = field(default_factory=dict)
    context: Mapping[str, object] = field(default_factory=dict)
    unheard: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The body of the page."""
        heard = HEARD
        for name in self.unheard:
            heard = re.sub(rf"'{name}',\s*", "", heard)
        return self.body + heard


def rest(page: Page, milliseconds: int = 350) -> None:
    """A person's pause."""
    page.wait_for_timeout(milliseconds)


def middle(page: Page, selector: str) -> tuple[float, float]:
    """The middle of an element, in pixels of the window."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], end: tuple[float, float], moves: int = 8) -> None:
    """Press, move, release; in whole pixels, as a real mouse does."""
    across, down = end[0] - start[0], end[1] - start[1]
    page.mouse.move(round(start[0]), round(start[1]))
    page.mouse.down()
    for move in range(1, moves + 1):
        page.mouse.move(round(start[0] + across * move / moves), round(start[1] + down * move / moves))
    rest(page, 60)
    page.mouse.up()
