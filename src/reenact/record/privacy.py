"""What must never get into a trace, and how it is kept out.

The page's script sends fingerprints of what is typed in masked fields, never the text. The value itself first
passes by in a request of the page, where it is recognised by its fingerprint, replaced by ``{secret:NAME}``,
and from then on known, in memory only, so that it is also found where it is encoded or echoed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import html
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, unquote_plus

from reenact.errors import CouldNotRun
from reenact.record.fields import pairs, rewrite
from reenact.record.fingerprint import Bases, Fingerprint
from reenact.trace.placeholder import occurs, placeholder, replace

Headers = list[list[str]]

_DROPPED = frozenset({"cookie", "authorization", "proxy-authorization", "content-length"})
_SENSITIVE = (
    "authorization", "api-key", "apikey", "auth-token", "access-token", "secret", "password", "session-id",
    "csrf", "xsrf", "x-amz-security", "credential", "private-token", "x-token",
)  # fmt: skip
_SECRET_FIELD = re.compile(
    r"pass|pwd|secret|token|otp|cvc|cvv|credential|(?<![a-z])(?:pin|code|key|card)", re.IGNORECASE
)
_TEXT = re.compile(r"text/|json|xml|javascript|x-www-form-urlencoded|multipart/|svg", re.IGNORECASE)
_CODE = re.compile(r"javascript|ecmascript|css|svg", re.IGNORECASE)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S*\Z")
_BASE64 = re.compile(r"[A-Za-z0-9+/_\-]{8,}={0,2}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\([\"\\/bfnrt])")
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_SEARCHED_BYTES = 64 * 1024
_SEARCHED_REQUEST_BYTES = 1024 * 1024
_PATTERN_BYTES = 2 * 1024 * 1024
_BASE64_RUNS = 200
_NESTING = 2
"""JSON inside a JSON string is common; deeper is not."""
_SHORTEST_SEARCHED = 3
_SHORTEST_EARLIER = 4


class SecretLeak(CouldNotRun):
    """A secret was found in what was written; the trace must not be kept."""


class Redactor:
    """Keeps the secrets of one recording out of its trace.

    ``bases`` are those the page's script hashes with. Not thread-safe: one recording, one thread.
    """

    def __init__(self, bases: Bases | None = None) -> None:
        self.bases = bases or Bases.random()
        self._latest: dict[str, tuple[str, Fingerprint]] = {}
        self._names: dict[Fingerprint, str] = {}
        self._known: dict[str, str] = {}
        self._known_prints: set[Fingerprint] = set()
        self._key = secrets.token_bytes(32)
        self._masked: set[str] = set()
        self._placed: set[str] = set()
        self._lengths: set[int] = set()

    @property
    def masked(self) -> frozenset[str]:
        """Names of the secrets that were replaced somewhere."""
        return frozenset(self._masked)

    @property
    def weak(self) -> frozenset[str]:
        """Names of secrets so ordinary (short, or one plain word) that only whole fields are replaced."""
        return frozenset(name for value, name in self._known.items() if not _distinctive(value))

    def learn(self, element: str, name: str, length: int, first: int, second: int) -> None:
        """Take the fingerprint of what the masked field ``element`` now holds; ``name`` is the secret's."""
        print_ = Fingerprint(length, first, second)
        if length <= 0:
            self._latest.pop(element, None)
            return
        self._latest[element] = (name, print_)
        self._names.setdefault(print_, name)
        self._lengths.add(length)

    def know(self, name: str, value: str) -> None:
        """Take a secret whose value the caller has, such as one given on the command line."""
        if value:
            self._names.setdefault(self.bases.of(value), name)
            self._remember(value, name)

    def scrub(self, data: bytes, content_type: str = "") -> bytes:
        """Return what the browser received or showed, without the secrets."""
        if not self._names:
            return data
        text = not content_type or _TEXT.search(content_type) is not None
        if text and len(data) <= _SEARCHED_BYTES and not _CODE.search(content_type):
            self._discover(data.decode("utf-8", "replace"), echoed=True)
        return self._replaced(data, percent=_percent(content_type), text=text)

    def scrub_text(self, text: str) -> str:
        """Return a text for the trace (a title, a URL, a console line) without the secrets."""
        if not self._names:
            return text
        if _URL.match(text):
            return self.scrub_url(text)
        return _text(self.scrub(_bytes(text)))

    def scrub_value(self, text: str) -> str:
        """Return what a field shows, or its placeholder where that is a secret, however ordinary."""
        name = self._whole(text) if self._names else None
        return self.scrub_text(text) if name is None else placeholder(name)

    def scrub_url(self, url: str) -> str:
        """Return a URL without the secrets, also those that are whole values of its query."""
        if not self._names:
            return url
        before, mark, query = url.partition("?")
        query, hash_, fragment = query.partition("#")
        if mark:
            query = _text(self._fields(_bytes(query), "application/x-www-form-urlencoded", url=True))
        url = before + mark + query + hash_ + fragment
        self._discover(url)
        return _text(self._replaced(_bytes(url), percent=True))

    def scrub_request(self, body: bytes, content_type: str = "") -> bytes:
        """Return the body of a request without the secrets, also those that are whole fields of it."""
        if not self._names:
            return body
        if len(body) <= _SEARCHED_REQUEST_BYTES:
            body = self._fields(body, content_type)
            self._discover(body.decode("utf-8", "replace"))
        return self._replaced(body, percent=_percent(content_type))

    def request_headers(self, headers: Iterable[Iterable[str]]) -> Headers:
        """Return request headers as the trace keeps them: no cookies, no credentials, no secrets."""
        return [
            [name, "{masked}" if _sensitive(name) else self.scrub_text(value)]
            for name, value in headers
            if name.lower() not in _DROPPED and not name.startswith(":")
        ]

    def response_headers(self, headers: Iterable[Iterable[str]]) -> Headers:
        """Return response headers as the trace keeps them.

        A cookie that scripts cannot read gets a pseudonym for a value, the same for the same value in one
        recording; one they can read stays, or the page would not work in replay.
        """
        kept = []
        for name, value in headers:
            if name.lower() == "set-cookie":
                kept.append([name, self._cookie(value)])
            elif _sensitive(name):
                kept.append([name, self._pseudonym(value)])
            else:
                kept.append([name, self.scrub_text(value)])
        return kept

    def final_gate(self, paths: Iterable[Path]) -> None:
        """Read everything that was written (files, or folders with all they hold) and look for the secrets.

        Raises `SecretLeak` at the first hit. Values in `weak` are not looked for: they are ordinary words.
        """
        values = [value for value in self._known if _distinctive(value)]
        for path in _files(paths):
            data = path.read_bytes()
            for value in values:
                if value.encode("utf-8", "surrogatepass") in data or (
                    len(data) <= _PATTERN_BYTES and occurs(data, value)
                ):
                    raise SecretLeak(
                        f"the value of {self._known[value]} would be written to the trace: {path.name}",
                        hint="The trace was not kept; report which kind of field or request this was",
                    )

    def _fields(self, body: bytes, content_type: str, *, url: bool = False) -> bytes:
        """Replace whole fields that hold a secret.

        A secret that is an ordinary word (user admin, password admin) is replaced in fields that sound like
        one. In other fields only as long as it was not seen in such a field, and never in a URL: there it
        would rather be the word than the secret, and replay would not find the request again.
        """

        def place(field: str, value: str) -> str | None:
            name = self._whole(value)
            if name is not None and not _distinctive(value) and _sounds_secret(field, name):
                self._placed.add(value)
            return None

        def put(field: str, value: str) -> str | None:
            name = self._whole(value)
            if name is None:
                return None
            ordinary = not _distinctive(value) and not _sounds_secret(field, name)
            if ordinary and (url or value in self._placed):
                return None
            self._masked.add(name)
            return placeholder(name)

        visit = pairs if url else lambda body, visitor: rewrite(body, content_type, visitor)
        visit(body, place)
        return visit(body, put)

    def _whole(self, value: str) -> str | None:
        """Return the name of the secret that ``value`` is, and remember it; None when it is none."""
        if value in self._known:
            return self._known[value]
        if len(value.encode("utf-16-le", "surrogatepass")) // 2 not in self._lengths:
            return None
        print_ = self.bases.of(value)
        name = self._names.get(print_)
        if name is None:
            return None
        current = any(print_ == latest for _, latest in self._latest.values())
        if not current and print_.length < _SHORTEST_EARLIER:
            return None
        self._remember(value, name)
        return name

    def _discover(self, text: str, *, echoed: bool = False) -> None:
        """Find values in ``text`` by fingerprint, in the encodings a page may use.

        A server that echoes a value has it from a request, where it was found; so what is ``echoed`` is
        searched only as servers write text. That is a second look, and must not slow the recording.
        """
        wanted = {
            print_
            for _, print_ in self._latest.values()
            if print_.length >= _SHORTEST_SEARCHED and print_ not in self._known_prints
        }
        if not wanted:
            return
        for view in _views(text, echoed=echoed):
            for value in self.bases.find(view, wanted):
                self._remember(value, self._names[self.bases.of(value)])

    def _remember(self, value: str, name: str) -> None:
        self._known[value] = name
        self._known_prints.add(self.bases.of(value))

    def _replaced(self, data: bytes, *, percent: bool, text: bool = True) -> bytes:
        """Replace the known values wherever they are; longest first, so that none hides inside another."""
        for value, name in sorted(self._known.items(), key=lambda item: -len(item[0])):
            if not _distinctive(value):
                continue
            written = placeholder(name, percent=percent).encode()
            raw = value.encode("utf-8", "surrogatepass")
            deep = text and len(data) <= _PATTERN_BYTES
            new = replace(data, value, written) if deep else data.replace(raw, written)
            if new != data:
                self._masked.add(name)
                data = new
        return data

    def _cookie(self, header: str) -> str:
        pair, semicolon, attributes = header.partition(";")
        name, equals, value = pair.partition("=")
        hidden = any(part.strip().lower() == "httponly" for part in attributes.split(";"))
        if hidden and equals and value.strip():
            pair = f"{name}={self._pseudonym(value)}"
        return self.scrub_text(pair) + semicolon + attributes

    def _pseudonym(self, value: str) -> str:
        return "masked-" + hmac.new(self._key, _bytes(value), hashlib.sha256).hexdigest()[:20]


def _views(text: str, *, echoed: bool) -> Iterator[str]:
    """Yield ``text`` and what it becomes when its encodings are undone."""
    yield text
    if echoed:
        if "\\" in text:
            yield _ESCAPE.sub(_unescaped, text)
        if "&#" in text or "&amp;" in text:
            yield html.unescape(text)
        return
    if "%" in text or "+" in text:
        yield unquote_plus(text)
        if "+" in text:
            yield unquote(text)
    inner = text
    for _ in range(_NESTING):
        if "\\" in inner:
            inner = _ESCAPE.sub(_unescaped, inner)
            yield inner
    if "&" in text and ";" in text:
        yield html.unescape(text)
    for match, _ in zip(_BASE64.finditer(text), range(_BASE64_RUNS), strict=False):
        run = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        try:
            decoded = base64.b64decode(run + "=" * (-len(run) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        yield decoded


def _unescaped(match: re.Match[str]) -> str:
    if match.group(1):
        return chr(int(match.group(1), 16))
    return _SHORT.get(match.group(2), match.group(2))


def _distinctive(value: str) -> bool:
    """Tell whether a value is so particular that wherever it occurs it is the secret."""
    kinds = sum(
        (any(c.islower() for c in value), any(c.isupper() for c in value), any(c.isdigit() for c in value),
         any(not c.isalnum() for c in value))
    )  # fmt: skip
    return len(value) >= 8 or (len(value) >= 5 and kinds >= 2)


def sounds_secret(field: str) -> bool:
    """Tell whether a field of this name usually holds a secret."""
    return _SECRET_FIELD.search(field) is not None


def _sounds_secret(field: str, name: str) -> bool:
    return field.lower() == name.lower() or sounds_secret(field)


def _sensitive(name: str) -> bool:
    name = name.lower()
    # "Access-Control-Allow-Credentials" is a rule, and without it no page may read the answer.
    return not name.startswith("access-control-") and any(word in name for word in _SENSITIVE)


def _percent(content_type: str) -> bool:
    return "x-www-form-urlencoded" in content_type.lower()


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from (p for p in sorted(path.rglob("*")) if p.is_file()) if path.is_dir() else (path,)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
