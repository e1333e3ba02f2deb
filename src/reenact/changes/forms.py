"""The forms of a page as the server sent them: their fields, what these are called, what was in them.

Which values a form would send follows HTML, "constructing the entry list".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_BUTTONS = frozenset({"submit", "button", "reset", "image"})
_FIELDS = frozenset({"input", "select", "textarea", "button"})
_CHOICES = frozenset({"checkbox", "radio"})

Attributes = dict[str, str]


@dataclass(slots=True)
class Control:
    """One field, or all boxes and radio buttons of one name.

    ``kind`` is the type of an input, "select", "multiple" or "textarea". ``values`` is what it would have
    sent, ``texts`` what a person sees for a value.
    """

    name: str
    kind: str
    label: str = ""
    values: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Form:
    """A form, and the title of the page it stood in."""

    path: str
    title: str = ""
    controls: dict[str, Control] = field(default_factory=dict)


def forms_of(html: str, url: str) -> list[Form]:
    """Every form of the page that `url` brought."""
    reader = _Reader(url)
    reader.feed(html)
    reader.close()
    return reader.finish()


@dataclass(slots=True)
class _Pending:
    """A control whose label may come later."""

    form: str | None
    tag: str
    attributes: Attributes
    around: list[list[str]]
    legend: list[str]
    text: list[str] = field(default_factory=list)
    options: list[tuple[Attributes, list[str]]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._url = url
        self._title: list[str] = []
        self._forms: dict[str, str] = {}
        self._form: str | None = None
        self._labels: dict[str, list[str]] = {}
        self._open_labels: list[list[str]] = []
        self._legends: list[list[str]] = [[]]
        self._controls: list[_Pending] = []
        self._into: list[str] | None = None
        self._select: _Pending | None = None
        self._closed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self._closed:
            self._say(" ")  # two elements side by side are two words
        if tag == "form":
            self._form = attributes.get("id") or f"form {len(self._forms)}"
            self._forms[self._form] = urlsplit(urljoin(self._url, attributes.get("action", ""))).path
        elif tag == "title" and not self._title:
            self._into = self._title
        elif tag == "label":
            text: list[str] = []
            self._open_labels.append(text)
            if attributes.get("for"):
                self._labels.setdefault(attributes["for"], text)
        elif tag == "fieldset":
            self._legends.append([])
        elif tag == "legend":
            self._into = self._legends[-1]
        elif tag == "option" and self._select is not None:
            self._into = []
            self._select.options.append((attributes, self._into))
        elif tag in _FIELDS:
            self._control(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        self._closed = True
        if tag == "form":
            self._form = None
        elif tag == "label" and self._open_labels:
            self._open_labels.pop()
        elif tag == "fieldset" and len(self._legends) > 1:
            self._legends.pop()
        elif tag == "select":
            self._select = self._into = None
        elif tag in {"title", "legend", "option", "textarea"}:
            self._into = None

    def handle_data(self, data: str) -> None:
        self._closed = False
        self._say(data)

    def _say(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)
        elif self._select is None:
            for text in self._open_labels:
                text.append(data)

    def _control(self, tag: str, attributes: Attributes) -> None:
        pending = _Pending(
            attributes.get("form") or self._form, tag, attributes, list(self._open_labels), self._legends[-1]
        )
        self._controls.append(pending)
        if tag == "select":
            self._select = pending
        elif tag == "textarea":
            self._into = pending.text

    def finish(self) -> list[Form]:
        title = _tidy(self._title)
        forms = {name: Form(path, title) for name, path in self._forms.items()}
        for pending in self._controls:
            name = pending.attributes.get("name")
            form = forms.get(pending.form or "")
            if name and form is not None and "disabled" not in pending.attributes:
                self._add(form, name, pending)
        return list(forms.values())

    def _add(self, form: Form, name: str, pending: _Pending) -> None:
        attributes = pending.attributes
        kind = pending.tag
        if kind in {"input", "button"}:
            kind = attributes.get("type", "").lower() or ("text" if kind == "input" else "submit")
        elif kind == "select" and "multiple" in attributes:
            kind = "multiple"
        label = self._label(pending) or name
        control = form.controls.get(name)
        if control is None:
            control = form.controls[name] = Control(name, kind, label)
        if kind in _CHOICES:
            value = attributes.get("value", "on")
            control.texts[value] = label
            if len(control.texts) > 1 or kind == "radio":
                # A group is called by what stands above it, each of its choices by its own label.
                control.label = _tidy(pending.legend) or name
            if "checked" in attributes:
                control.values.append(value)
        elif pending.tag == "select":
            _choose(control, pending.options)
        elif kind not in _BUTTONS:
            text = "".join(pending.text).removeprefix("\n") if pending.tag == "textarea" else None
            control.values.append(
                (attributes.get("value", "") if text is None else text).replace("\r\n", "\n")
            )

    def _label(self, pending: _Pending) -> str:
        attributes = pending.attributes
        for text in (self._labels.get(attributes.get("id", "")), *reversed(pending.around)):
            if text and (found := _tidy(text)):
                return found.rstrip(" :*")
        return next(
            (attributes[key] for key in ("aria-label", "placeholder", "title") if attributes.get(key)), ""
        )


def _choose(control: Control, options: list[tuple[Attributes, list[str]]]) -> None:
    selected: list[str] = []
    first: str | None = None
    for attributes, text in options:
        shown = _tidy(text)
        value = attributes.get("value", shown)
        control.texts[value] = shown
        if first is None and "disabled" not in attributes:
            first = value
        if "selected" in attributes:
            selected.append(value)
    if control.kind == "multiple":
        control.values += selected
    elif selected or first is not None:
        control.values.append(selected[-1] if selected else str(first))


def _tidy(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
