"""Requests that a page gives up half way: in a replay the network has long been done with them."""

from __future__ import annotations

import gzip
import random

import pytest
from fixtures.pages.site import LOG, Reply, document
from tests.browser.conftest import until

pytestmark = pytest.mark.browser

PAGES = {
    # As cropperjs does with a picture that is no JPEG.
    "request": """
      const request = new XMLHttpRequest(), state = (name) => say([name, request.readyState, request.status, request.responseText.length]);
      for (const type of ['readystatechange', 'load', 'abort', 'loadend']) request.addEventListener(type, () => state(type));
      request.onprogress = () => { state('progress'); request.abort(); state('given up'); };
      request.onabort = () => setTimeout(() => {
        request.onprogress = null;
        request.open('GET', '/short');
        request.send();
      }, 50);
      request.open('GET', '/long');
      request.send();""",
    "stream": """
      const stop = new AbortController();
      fetch('/long', { signal: stop.signal }).then(async (response) => {
        const reader = response.body.getReader();
        for (let pieces = 1; ; pieces++) {
          const { done, value } = await reader.read();
          say('piece ' + pieces + ' ' + (done || value.length));
          if (done) break;
          if (pieces === 2) stop.abort();
        }
      }).catch((error) => say(error.name)).then(() => fetch('/short')).then((answer) => answer.text()).then(say);""",
    "chat": """
      const stop = new AbortController();
      fetch('/words', { signal: stop.signal }).then(async (response) => {
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let text = ''; ; ) {
          const { done, value } = await reader.read();
          if (done) break;
          text += value;
          say(text);
          if (text.includes('seven')) stop.abort();
        }
      }).catch((error) => say(error.name)).then(() => fetch('/short')).then((answer) => answer.text()).then(say);""",
    "packed": """
      const stop = new AbortController();
      fetch('/packed', { signal: stop.signal }).then(async (response) => {
        const reader = response.body.getReader();
        for (let length = 0; ; ) {
          const { done, value } = await reader.read();
          if (done) break;
          say('piece ' + (length += value.length) + ' ' + value.slice(-4));
          if (length > 8_000) stop.abort();
        }
      }).catch((error) => say(error.name)).then(() => fetch('/short')).then((answer) => answer.text()).then(say);""",
    "body": """
      const stop = new AbortController();
      fetch('/long', { signal: stop.signal }).then((response) => {
        say('status ' + response.status);
        setTimeout(() => stop.abort(), 60);
        return response.text();
      }).then((text) => say('text ' + text.length), (error) => say(error.name))
        .then(() => fetch('/short')).then((answer) => answer.text()).then(say);""",
    "answer": """
      const stop = new AbortController();
      setTimeout(() => { stop.abort(new Error('too slow')); say('given up'); }, 60);
      fetch('/late', { signal: stop.signal }).then((response) => say('status ' + response.status), (error) => say(error.message))
        .then(() => fetch('/short')).then((answer) => answer.text()).then(say);""",
}


@pytest.mark.parametrize("kind", PAGES)
def test_what_was_given_up_half_way(session, kind):
    words = f"{' ' * 30_000}one two three{' ' * 20_000}four five six seven{' ' * 20_000}eight nine ten{' ' * 30_000}"
    pages = {
        "/": document("Given up", f"{LOG}<script>{PAGES[kind]}</script>"),
        "/long": Reply("x" * 120_000, type="text/plain", pause=0.15),
        "/late": Reply("late", type="text/plain", delay=0.4),
        "/words": Reply(words, type="text/plain", pause=0.8),
        "/packed": Reply(
            gzip.compress(random.Random(7).randbytes(8_000).hex().encode()),
            headers={"Content-Encoding": "gzip"},
            type="text/event-stream",
            pause=0.5,
        ),
        "/short": Reply("short", type="text/plain"),
    }
    site = session.site(pages)
    with session.record():
        page = session.open(site, 300)
        until(page, "load,4,200,5" if kind == "request" else "short")
        page.wait_for_timeout(800)
        page.get_by_role("heading").click()
        page.wait_for_timeout(300)
        told = page.inner_text("#log")
    assert "abort" in told.lower() or "too slow" in told
    # What is given up as soon as it comes may be over before the recorder knows of it: only its length is known.
    assert all("blanks" in gap.detail for gap in session.trace.gaps)
    session.assert_reproduced()
    assert session.assert_reproduced().skips == ()
