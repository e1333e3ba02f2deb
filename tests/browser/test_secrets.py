"""What a person types in secret is in no byte of the trace, however it was typed, and the session replays."""

from __future__ import annotations

import zlib

import pytest
from fixtures.pages.site import document, redirect

pytestmark = pytest.mark.browser

CANARIES = {
    "keyboard": "Kanarie-7431-keys",
    "filled": "Kanarie-9982-fill",
    "shown": "Kanarie-5507-show",
    "pasted": "Kanarie-3318-paste ß☃",
    "card": "4929123456781234",
    "code": "736209",
}

FORM = """<form method=post action=/in>
  <label>User <input name=user autocomplete=username></label>
  <label>Password <input type=password name=password></label>
  <label>New <input type=PASSWORD name=fresh autocomplete=new-password></label>
  <label>Shown <input type=password name=shown id=shown></label><button type=button id=eye>Show</button>
  <label>Pasted <input type=password name=pasted></label>
  <label>Card <input name=card autocomplete=cc-number></label>
  <label>Code <input name=code autocomplete=one-time-code inputmode=numeric></label>
  <button>Sign in</button></form><p id=p></p>
  <script>
    eye.onclick = () => { shown.type = shown.type === 'password' ? 'text' : 'password' };
    document.forms[0].addEventListener('input', () => { p.textContent = new Date().toISOString() + Math.random() });
    document.forms[0].addEventListener('submit', () => {
      const data = Object.fromEntries(new FormData(document.forms[0]));
      localStorage.draft = JSON.stringify(data);
      fetch('/log', { method: 'POST', body: JSON.stringify(data) });
      console.error('signing in with ' + data.password + ' and ' + data.pasted);
    });
  </script>"""


def every_byte(folder):
    """All that a trace says: its files, and what is compressed in its pictures' texts."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield path.name, data
            try:
                yield path.name, zlib.decompress(data, 47)
            except zlib.error:
                continue


def assert_nowhere(folder, values):
    hits = [
        (value, name)
        for name, data in every_byte(folder)
        for value in values
        for form in (value.encode(), value.encode("utf-16-le"), value.encode("unicode_escape"))
        if form in data
    ]
    assert hits == []


def sign_in(page, site):
    page.goto(f"{site.url}/")
    page.wait_for_timeout(300)
    page.get_by_label("User").click()
    page.keyboard.type("ada")
    page.get_by_label("Password", exact=True).click()
    page.keyboard.type(CANARIES["keyboard"])
    page.get_by_label("New").fill(CANARIES["filled"])
    page.get_by_label("Shown").click()
    page.keyboard.type(CANARIES["shown"][:9])
    page.get_by_role("button", name="Show").click()
    page.get_by_label("Shown").click()
    page.keyboard.press("End")
    page.keyboard.type(CANARIES["shown"][9:])
    page.wait_for_timeout(400)
    page.get_by_role("button", name="Show").click()
    page.get_by_label("Pasted").click()
    page.keyboard.insert_text(CANARIES["pasted"])
    page.get_by_label("Card").click()
    page.keyboard.type(CANARIES["card"])
    page.get_by_label("Code").fill(CANARIES["code"])
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Welcome").wait_for()
    page.wait_for_timeout(350)


def site_of(session, got):
    def signed_in(call):
        got.append(dict(call.form))
        return redirect("/home", 303)

    def home(call):
        # Servers do such things: the password again, in the page that follows.
        last = got[-1]
        return document(
            "Welcome",
            f"<p>{last['user']}</p><input type=hidden value='{last['password']}'><!-- {last.get('fresh')} -->",
        )

    return session.site(
        {"/": document("Sign in", FORM), "/in": signed_in, "/home": home, "/log": document("ok", "")}
    )


def test_secrets_are_in_no_byte_of_the_trace(session):
    got = []
    site = site_of(session, got)
    with session.record():
        sign_in(session.context.new_page(), site)
    assert got[0]["password"] == CANARIES["keyboard"]
    assert got[0]["pasted"] == CANARIES["pasted"]
    assert got[0]["shown"] == CANARIES["shown"]
    assert got[0]["fresh"] == CANARIES["filled"]
    assert_nowhere(session.path, CANARIES.values())
    fills = {
        step.raw["value"]["secret"]: step.raw["target"]["name"] if step.raw["target"] else None
        for step in session.trace.steps
        if isinstance(step.raw["value"], dict) and "secret" in step.raw["value"]
    }
    assert set(fills) >= {"PASSWORD", "FRESH", "SHOWN", "PASTED", "CARD", "CODE"}
    # Not a key of a secret, either: neither its character nor its code.
    for act in session.trace.acts:
        event = act.raw.get("event", {})
        if "secret" in event:
            assert "key" not in event
            assert "code" not in event
            assert "text" not in event


def test_a_sign_in_replays_to_the_pixel(session):
    site = site_of(session, [])
    with session.record():
        page = session.context.new_page()
        page.goto(f"{site.url}/")
        page.wait_for_timeout(300)
        page.get_by_label("User").click()
        page.keyboard.type("ada")
        page.get_by_label("Password", exact=True).click()
        page.keyboard.type(CANARIES["keyboard"])
        page.keyboard.press("Backspace")
        page.keyboard.type("s")
        page.get_by_label("New").fill(CANARIES["filled"])
        page.get_by_label("Pasted").click()
        page.keyboard.insert_text(CANARIES["pasted"])
        page.wait_for_timeout(600)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Welcome").wait_for()
        page.wait_for_timeout(350)
    assert_nowhere(session.path, [CANARIES["keyboard"], CANARIES["filled"], CANARIES["pasted"]])
    session.assert_reproduced()
    assert_nowhere(session.path, [CANARIES["keyboard"], CANARIES["filled"], CANARIES["pasted"]])


def test_an_ordinary_word_is_declared(session):
    got = []
    site = site_of(session, got)
    with session.record():
        page = session.context.new_page()
        page.goto(f"{site.url}/")
        page.wait_for_timeout(300)
        page.get_by_label("User").fill("admin")
        page.get_by_label("Password", exact=True).click()
        page.keyboard.type("admin")
        page.wait_for_timeout(500)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Welcome").wait_for()
        page.wait_for_timeout(350)
    assert got[0]["password"] == got[0]["user"] == "admin"
    trace = session.trace
    assert any(gap.kind == "weak-secret" and "PASSWORD" in gap.detail for gap in trace.gaps), trace.gaps
    typed = [step.raw["value"] for step in trace.steps if step.type == "fill"]
    assert typed[:2] == ["admin", {"secret": "PASSWORD"}]
    sent = [e for e in trace.exchanges if e.method == "POST" and e.url.endswith("/in")]
    body = trace.read(sent[0].raw["request"]["body"]).decode()
    assert "user=admin" in body
    assert "password=admin" not in body
    session.assert_reproduced()
