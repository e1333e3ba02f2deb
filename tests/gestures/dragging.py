"""HTML5 drag and drop, and files from outside."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.gestures.scenario import Scenario, drag, middle, rest

BOARD = """<style>.list{float:left;width:160px;min-height:120px;border:1px solid;margin:8px}.card{background:#cde;margin:6px;padding:6px}</style>
<div class=list id=todo aria-label="To do"><div class=card draggable=true id=a>Card A</div><div class=card draggable=true id=b>Card B</div></div>
<div class=list id=done aria-label=Done role=list></div><br style="clear:both"><p id=o></p><script>
ondragstart = (e) => { e.dataTransfer.setData('text/plain', e.target.id); e.dataTransfer.effectAllowed = 'move' };
ondragover = (e) => { if (e.target.closest('.list')) { e.preventDefault(); e.dataTransfer.dropEffect = 'move' } };
ondrop = (e) => { e.preventDefault(); const id = e.dataTransfer.getData('text/plain');
  e.target.closest('.list').append(document.getElementById(id)); o.textContent += ' moved ' + id };
</script>"""


def _board(page: Page) -> None:
    drag(page, middle(page, "#a"), middle(page, "#done"))
    rest(page)
    drag(page, middle(page, "#b"), middle(page, "#done"))


def _drag_to(page: Page) -> None:
    page.locator("#a").drag_to(page.locator("#done"))


def _given_up(page: Page) -> None:
    drag(page, middle(page, "#a"), (700, 500))


def _text(page: Page) -> None:
    page.locator("#word").dblclick()
    rest(page)
    drag(page, middle(page, "#word"), middle(page, "#field"))


def _dropped_file(page: Page) -> None:
    x, y = middle(page, "#zone")
    session = page.context.new_cdp_session(page)
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "outside.txt"
        path.write_text("from the desktop")
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            session.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})
            rest(page, 60)
        rest(page)


def _between_frames(page: Page) -> None:
    frame = page.locator("iframe").bounding_box()
    assert frame is not None
    drag(page, middle(page, "#card"), (frame["x"] + 80, frame["y"] + 60), moves=12)


SCENARIOS = (
    Scenario(
        "drag and drop",
        BOARD,
        _board,
        ('Dragged "Card A" onto "Done"', 'Dragged "Card B" onto "Done"'),
        "moved a moved b",
    ),
    Scenario("drag and drop by locator", BOARD, _drag_to, ('Dragged "Card A" onto "Done"',), "moved a"),
    Scenario("drag given up", BOARD, _given_up, ('Dragged "Card A" and gave up',), "dragend a"),
    Scenario(
        "text dragged into a field",
        "<p><span id=word>Word</span></p><input id=field aria-label=Field><p id=o></p>"
        "<script>field.oninput = () => o.textContent = 'now ' + field.value</script>",
        _text,
        ('Double-clicked "Word"', 'Dragged "Word" onto "Field"'),
        "now Word",
    ),
    Scenario(
        "file from outside",
        """<div id=zone aria-label=Zone style="width:200px;height:100px;border:2px dashed"></div><p id=o></p><script>
        zone.ondragover = (e) => e.preventDefault();
        zone.ondrop = async (e) => { e.preventDefault(); const f = e.dataTransfer.files[0];
          o.textContent = f.name + ': ' + await f.text() };</script>""",
        _dropped_file,
        ('Dropped outside.txt on "Zone"',),
        "outside.txt: from the desktop",
    ),
    Scenario(
        "drag into a frame",
        """<div id=card draggable=true style="width:120px;background:#cde;padding:8px">Card</div>
        <iframe src=/zone style="width:300px;height:200px"></iframe><p id=o></p><script>
        card.ondragstart = (e) => e.dataTransfer.setData('text/plain', 'the card');
        onmessage = (e) => o.textContent = 'dropped ' + e.data;</script>""",
        _between_frames,
        ('Dragged "Card" by …',),
        "dropped the card",
        pages={
            "/zone": "<!doctype html><body style='margin:0;min-height:190px;background:#efe'>Zone<script>"
            "ondragover = (e) => e.preventDefault(); ondrop = (e) => { e.preventDefault(); "
            "document.body.append(' got it'); parent.postMessage(e.dataTransfer.getData('text/plain'), '*') }</script>"
        },
    ),
)
