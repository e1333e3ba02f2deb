"""A site whose pages leave, submit, open windows and replace themselves while events are under way.

Each page writes down, in storage that outlives it, every trusted event it hears: that is what a recording is
held against. What the browser itself drops between two pages is heard by neither.
"""

from __future__ import annotations

from fixtures.pages.site import Site

KINDS = {"pointerdown": "down", "pointerup": "up", "keydown": "keydown", "keyup": "keyup"}

_WITNESS = """<script>
for (const type of ['pointerdown', 'pointerup', 'keydown', 'keyup']) addEventListener(type, (event) => {
  if (!event.isTrusted) return;
  const frame = window.frameElement?.getBoundingClientRect() ?? { x: 0, y: 0 };
  const what = event.key ?? `${Math.round(event.clientX + frame.x)},${Math.round(event.clientY + frame.y)}`;
  localStorage.setItem('heard', (localStorage.getItem('heard') ?? '') + type + ' ' + what + '\\n');
}, true);
var on = (type, run) => addEventListener(type, run);
var go = () => { location.href = '/' + next(); };
var pages = PAGES;
function next() {
  const n = +(localStorage.getItem('n') ?? 0) + 1;
  localStorage.setItem('n', n);
  return pages[n % pages.length];
}
</script>"""

_PAGES = {
    "down": "on('pointerdown', go)",
    "up": "on('pointerup', go)",
    "click": "on('click', () => location.assign('/' + next()))",
    "key": "on('keydown', go)",
    "keyup": "on('keyup', go)",
    "replace": "on('mousedown', () => location.replace('/' + next()))",
    "reload": "on('pointerup', () => { localStorage.setItem('again', 1); location.reload(); }); "
    "if (localStorage.getItem('again')) { localStorage.removeItem('again'); on('keydown', go); }",
    "submit": "form.action = '/' + next(); on('keydown', () => form.submit())",
    "push": "on('click', () => history.pushState(null, '', '?' + Math.random())); on('keyup', go)",
    "window": "on('pointerdown', () => { open('/child'); go(); })",
    "write": "on('pointerup', () => { const text = document.documentElement.innerHTML.replace('write', 'written'); "
    "document.open(); document.write(text); document.close(); }); "
    "if (document.body.textContent.includes('written')) on('keydown', go)",
    "body": "on('click', () => { document.body.innerHTML = '<button>other</button>'; }); on('keydown', go)",
    "frame": "const frame = document.createElement('iframe'); frame.src = '/inner'; document.body.append(frame); "
    "on('keydown', go)",
}
_CHILD = "on('keyup', () => close()); on('pointerup', () => close())"
_INNER = "on('pointerup', () => parent.go()); on('keydown', () => frameElement.remove())"
_STYLE = (
    "<style>body { margin: 0; min-height: 100vh; } iframe { width: 300px; height: 200px; border: 0; }</style>"
)


def site() -> Site:
    """The site; it begins at ``/down``."""
    names = str(list(_PAGES))
    pages = {f"/{name}": _page(name, script, names) for name, script in _PAGES.items()}
    pages["/child"] = _page("child", _CHILD, names)
    pages["/inner"] = _page("inner", _INNER, names)
    pages["/"] = pages["/down"]
    return Site(pages)


def _page(name: str, script: str, names: str) -> str:
    witness = _WITNESS.replace("PAGES", names)
    return (
        f"<!doctype html><title>{name}</title>{_STYLE}{witness}<body><form id=form></form><p>{name}</p>"
        f"<script>{script}</script>"
    )
