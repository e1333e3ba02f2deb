"""What a session changed, read from requests and pages alone."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import urlencode

import pytest

from reenact.changes import changes_of
from reenact.changes.bodies import form_entries
from reenact.trace.records import Checkpoint, Exchange, Step

HTML = "text/html; charset=utf-8"
FORM = "application/x-www-form-urlencoded"
USER = """<title>clerk | Change user</title><form method=post action="">
<input type=hidden name=token value=t1>
<label for=u>User name:</label><input id=u name=username value=clerk>
<label><input type=checkbox name=staff><b>Staff</b><i>status</i></label>
<label for=p>User permissions:</label><select multiple id=p name=permissions>
<option value=1 selected>Can view user<option value=2>Can delete user</select>
<label for=n>Note</label><textarea id=n name=note>
first
second</textarea>
<fieldset><legend>Plan</legend><label><input type=radio name=plan value=s checked>Small</label>
<label><input type=radio name=plan value=l>Large</label></fieldset>
<select name=country aria-label=Country><option value=de>Germany<option value=fr>France</select>
<input type=submit name=_save value=Save></form>"""
SIGN_IN = """<title>Sign in</title><form action=/login method=post><label for=a>User</label><input id=a name=user>
<input type=password name=pass aria-label=Password></form>"""


class Session:
    """A trace of requests, in the order in which they are added; one step every second."""

    actor = None

    def __init__(self):
        self.resources, self.exchanges, self.checkpoints = {}, [], []
        self.steps = [
            Step.of({"id": f"s{n}", "type": "click", "title": "", "page": "p1", "time": n * 1000.0})
            for n in range(9)
        ]

    def read(self, sha):
        return self.resources[sha]

    def keep(self, body):
        if not body:
            return None
        data = body if isinstance(body, bytes) else body.encode()
        sha = hashlib.sha256(data).hexdigest()
        self.resources[sha] = data
        return sha

    def add(
        self,
        method,
        path,
        sent="",
        answer="",
        *,
        status=200,
        of=FORM,
        gives=HTML,
        headers=(),
        kind="document",
    ):
        number = len(self.exchanges) + 1
        raw = {
            "id": f"e{number}",
            "method": method,
            "url": f"http://a.test{path}",
            "type": kind,
            "time": number * 1000.0 + 10,
            "status": status,
            "status_text": "",
            "request": {"headers": [["Content-Type", of]], "body": self.keep(sent)},
            "response": {"headers": [["Content-Type", gives], *headers], "body": self.keep(answer)},
        }
        self.exchanges.append(Exchange.of(raw))
        return self

    def post(self, path, *pairs, **options):
        return self.add(
            "POST", path, urlencode(pairs), **{"status": 302, "headers": [["Location", "/"]], **options}
        )


AS_IT_WAS = [
    ("token", "t1"),
    ("username", "clerk"),
    ("permissions", "1"),
    ("note", "first\r\nsecond"),
    ("plan", "s"),
    ("country", "de"),
    ("_save", "Save"),
]


def sent(**values):
    pairs = [(name, values.pop(name, value)) for name, value in AS_IT_WAS]
    return [(n, v) for n, v in pairs if v is not None] + list(values.items())


def fields(session):
    [change] = changes_of(session)
    return [(f.label, f.old, f.new) for f in change.fields]


def test_a_form_sent_as_it_came_changes_nothing():
    session = Session().add("GET", "/user/3", answer=USER).post("/user/3", *sent())
    assert fields(session) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"username": "boss"}, ("User name", "clerk", "boss")),
        ({"staff": "on"}, ("Staff status", "off", "on")),
        ({"note": "first"}, ("Note", "first\nsecond", "first")),
        ({"plan": "l"}, ("Plan", "Small", "Large")),
        ({"country": "fr"}, ("Country", "Germany", "France")),
        ({"extra": "7"}, ("extra", None, "7")),
    ],
)
def test_each_kind_of_field_tells_its_old_and_its_new_value(values, expected):
    session = Session().add("GET", "/user/3", answer=USER).post("/user/3", *sent(**values))
    assert fields(session) == [expected]


def test_several_values_tell_what_came_and_what_went():
    session = Session().add("GET", "/user/3", answer=USER).post("/user/3", *sent(permissions="2"))
    [field] = changes_of(session)[0].fields
    assert (field.added, field.removed) == (("Can delete user",), ("Can view user",))


def test_who_where_and_with_what_answer():
    session = Session().add("GET", "/login", answer=SIGN_IN)
    session.post("/login", ("user", "admin"), ("pass", "{secret:PASSWORD}"))
    session.add("GET", "/user/3", answer=USER).post("/user/3", *sent(username="boss"))
    login, change = changes_of(session)
    assert [(f.label, f.old, f.new) for f in login.fields] == [
        ("User", "", "admin"),
        ("Password", None, "a secret"),
    ]
    assert (login.by, change.by, change.subject) == (None, "admin", "clerk | Change user")
    assert (change.step, change.exchange, change.outcome) == ("s4", "e4", "accepted")
    assert change.answer == "302, led to /"


def test_a_new_password_of_somebody_else_is_no_sign_in():
    add_user = "<form action=/add><input name=username><input type=password name=one><input type=password name=two></form>"
    session = Session().add("GET", "/add", answer=add_user)
    session.post("/add", ("username", "eve"), ("one", "{secret:A}"), ("two", "{secret:A}")).post(
        "/x", ("y", "1")
    )
    assert [change.by for change in changes_of(session)] == [None, None]


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({"status": 403}, "refused"),
        ({"status": 500}, "failed"),
        ({"status": None}, "unanswered"),
        ({"status": 200, "answer": USER}, "not accepted"),
        ({"status": 200, "answer": "<p>Saved"}, "accepted"),
    ],
)
def test_the_outcome_is_what_the_server_said(options, outcome):
    session = Session().add("GET", "/user/3", answer=USER).post("/user/3", *sent(username=""), **options)
    assert [change.outcome for change in changes_of(session)] == [outcome]


def api(session, method, path, sent="", answer=""):
    kind = "application/json"
    return session.add(
        method, path, json.dumps(sent) if sent else "", json.dumps(answer), of=kind, gives=kind, kind="fetch"
    )


def test_an_object_is_compared_with_what_the_api_said_of_it():
    session = api(
        Session(), "GET", "/api/users/3", answer={"data": {"name": "clerk", "roles": ["a"], "age": 3}}
    )
    api(session, "PATCH", "/api/users/3", {"name": "clerk", "roles": ["a", "b"], "age": 4})
    assert fields(session) == [("roles.1", None, "b"), ("age", "3", "4")]


def test_an_object_is_found_in_the_list_it_came_in():
    session = api(
        Session(), "GET", "/api/users", answer={"items": [{"id": 2, "name": "x"}, {"id": 3, "name": "clerk"}]}
    )
    api(session, "PUT", "/api/users/3", {"name": "boss"})
    assert fields(session) == [("name", "clerk", "boss")]


def test_beacons_are_no_changes_and_a_deletion_is_one():
    session = Session().add("POST", "/beacon", b"\x01\x02", of="application/octet-stream", kind="fetch")
    session.add("DELETE", "/api/users/3", kind="fetch", status=204)
    [change] = changes_of(session)
    assert (change.method, change.outcome, change.fields) == ("DELETE", "accepted", ())


def test_parts_of_a_multipart_body_are_fields_and_a_file_is_its_name():
    body = (
        b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nA\r\nB\r\n'
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\x89P\r\n--x--\r\n'
    )
    assert form_entries(body, "multipart/form-data; boundary=x") == [("title", "A\nB"), ("file", "a.png")]


@pytest.mark.parametrize(
    "html",
    [
        "<![ <form action=/x><input name=a>",
        "<form action='http://[x'><input name=a>",
        "<select><option",
        "\x00" * 50,
    ],
)
def test_a_hostile_page_is_no_form(html):
    session = Session().add("GET", "/x", answer=html).post("/x", ("a", "1"))
    assert fields(session)[0][2] == "1"


def test_a_title_comes_from_the_checkpoint_where_no_page_has_the_form():
    session = api(Session(), "POST", "/api/users", {"name": "eve"})
    session.checkpoints.append(Checkpoint.of({"id": "c1", "step": "s1", "page": "p1", "title": "Users"}))
    assert changes_of(session)[0].subject == "Users"
