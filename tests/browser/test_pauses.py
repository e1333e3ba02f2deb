"""A document that comes in pieces, as a server renders it: what happens between two of them happens there again."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, Reply

pytestmark = pytest.mark.browser

HEAD = f"""<!doctype html><html lang=en><meta charset=utf-8><title>Pieces</title>
<style>body {{ font: 11px sans-serif }}</style><button id=b>Press</button>{LOG}<script>
  const heard = (what) => say(what + ' ' + document.querySelectorAll('section').length + ' ' + performance.now().toFixed(1));
  const {{ port1, port2 }} = new MessageChannel();
  port2.onmessage = ({{ data }}) => heard('message of ' + data);
  b.onclick = () => heard('click');
  const come = (n) => {{
    heard('piece ' + n);
    port1.postMessage(n);
    setTimeout(() => heard('timer of ' + n), 20);
    requestAnimationFrame(() => requestAnimationFrame(() => heard('frame of ' + n)));
    Promise.resolve().then(() => heard('promise of ' + n));
    const late = document.createElement('script');
    late.textContent = 'heard("script of ' + n + '")';
    document.body.append(late);
  }};
</script>"""
PIECE = """<script>come({n})</script><section>Part {n}</section>
<details open ontoggle="heard('toggle of {n}')"><summary>{n}</summary></details>"""


def whole():
    """The body, cut into quarters by the server: a piece with the head, then one each."""
    pieces = [(HEAD if n == 0 else "") + PIECE.format(n=n) for n in range(4)]
    size = max(len(piece) for piece in pieces)
    return "".join(piece + f"<!--{' ' * (size - len(piece))}-->" for piece in pieces)


def kinds_before_scripts(session):
    """What the timeline has between one script of the parser and the next."""
    (document,) = session.trace.documents
    pieces = [set()]
    for at in range(0, len(document.entries), 3):
        kind, argument = document.entries[at : at + 2]
        if kind == "E" and argument == "script":
            pieces.append(set())
        else:
            pieces[-1].add(kind)
    return pieces


def test_tasks_between_the_pieces_of_a_document(session):
    site = session.site({"/": Reply(whole(), pause=0.3)})
    with session.record():
        session.open(site, 1500)
    session.assert_reproduced()
    # On a busy machine a piece may come right after the one before it.
    assert sum(bool({"M", "T", "H", "R"} & kinds) for kinds in kinds_before_scripts(session)[-4:]) >= 2


def test_a_click_while_half_of_the_document_is_there(session):
    site = session.site({"/": Reply(whole(), pause=1.5)})
    with session.record():
        page = session.context.new_page()
        page.goto(site.url, wait_until="commit")
        page.get_by_text("Part 1").wait_for()
        page.get_by_role("button").click()
        page.get_by_text("Part 3").wait_for()
        page.wait_for_timeout(800)
    session.assert_reproduced()
    assert ["A" in kinds for kinds in kinds_before_scripts(session)[-4:]] == [False, True, False, False]
