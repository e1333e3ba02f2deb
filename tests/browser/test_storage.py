"""What the browser held before the recording: the page finds it in the replay, and no credential is in the trace."""

from __future__ import annotations

import base64
import json

import pytest
from fixtures.pages.site import Reply, document

pytestmark = pytest.mark.browser

SIGNATURE = "c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"
PAGE = """<p id=o></p><script>
  const open = indexedDB.open('notes', 1);
  open.onupgradeneeded = () => open.result.createObjectStore('notes');
  const show = (notes) => {
    const claims = JSON.parse(atob(JSON.parse(localStorage.session).token.split('.')[1]));
    o.textContent = [localStorage.theme, document.cookie.split(';')[0], claims.user, notes].join(' | ');
  };
  open.onsuccess = () => {
    const get = open.result.transaction('notes').objectStore('notes').get('first');
    get.onsuccess = () => show(get.result);
  };
</script><button onclick="localStorage.theme = 'light'; this.textContent = localStorage.theme">Light</button>"""


def token():
    part = base64.urlsafe_b64encode(json.dumps({"user": "ada"}).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJIUzI1NiJ9.{part}.{SIGNATURE}"


def test_what_was_stored_before(session):
    site = session.site({"/": document("Stored", PAGE), "/empty": document("Empty", "")})
    page = session.context.new_page()
    page.goto(site.url + "/empty")
    page.evaluate(
        """(token) => new Promise((done) => {
          localStorage.theme = 'dark'; localStorage.session = JSON.stringify({ token, since: 5 });
          document.cookie = 'lang=de'; document.cookie = 'sessionid=canary-9471-cookie';
          const open = indexedDB.open('notes', 1);
          open.onupgradeneeded = () => open.result.createObjectStore('notes').put('bread and milk', 'first');
          open.onsuccess = () => { open.result.close(); done(); };
        })""",
        token(),
    )
    page.close()
    with session.record():
        page = session.context.new_page()
        page.goto(site.url)
        page.get_by_text("bread and milk").wait_for()
        page.wait_for_timeout(500)
        page.get_by_role("button").click()
        page.wait_for_timeout(600)
        shown = page.inner_text("#o")
    assert shown.startswith("dark | lang=de | ada | bread and milk")
    trace = session.trace
    assert [gap.kind for gap in trace.gaps] == ["storage"]
    assert "sessionid, token" in trace.gaps[0].detail
    for file in session.path.rglob("*"):
        if file.is_file():
            assert b"canary-9471-cookie" not in file.read_bytes(), file
            assert SIGNATURE.encode() not in file.read_bytes(), file
    session.assert_reproduced()


CHANGING = """<button onclick="change()">Change</button> <button onclick="location = '/login'">Log in</button>
<p id=o></p><script>
  const show = () => { o.textContent = localStorage.theme + ' ' + document.cookie; };
  const change = async () => {
    localStorage.theme = localStorage.theme === 'dark' ? 'light' : 'dark';
    sessionStorage.visited = 'yes';
    document.cookie = 'seen=1';
    const open = indexedDB.open('mail', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('drafts');
    open.onsuccess = () => open.result.transaction('drafts', 'readwrite').objectStore('drafts').put('text', 1);
    show();
  };
  show();
</script>"""


def test_changes_of_stores_are_signals_of_the_step_that_made_them(session):
    cookie = {"Set-Cookie": "sid=not-for-the-trace; HttpOnly; Path=/"}
    site = session.site(
        {
            "/": document("Stores", CHANGING),
            "/login": Reply(document("In", "<h1>In</h1>"), headers=cookie),
        }
    )
    with session.record():
        page = session.open(site, 400)
        for _ in range(2):
            page.get_by_role("button", name="Change").click()
            page.wait_for_timeout(600)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_timeout(600)
    told = [
        [signal["text"] for signal in step.raw["signals"] if signal["type"] == "storage"]
        for step in session.trace.steps
    ]
    assert [sorted(texts) for texts in told] == [
        [],
        [
            'Cookie "seen" set to 1',
            'IndexedDB "mail/drafts" changed',
            'Local storage "theme" set to dark',
            'Session storage "visited" set to yes',
        ],
        ['IndexedDB "mail/drafts" changed', 'Local storage "theme" changed from dark to light'],
        ['Cookie "sid" set'],
    ]
    for file in session.path.rglob("*"):
        assert not file.is_file() or b"not-for-the-trace" not in file.read_bytes(), file
    session.assert_reproduced()
