"""What the browser calls a page back for, each in a way of its own: it comes at its recorded moment."""

from __future__ import annotations

import pytest
from fixtures.pages.site import LOG, Reply, document

pytestmark = pytest.mark.browser

# The clock of the page is read in each call: one that comes when the browser has it, and not in its turn, reads another.
CALLS = """<dialog id=box>Box</dialog><input id=name value=Ada><button id=go>Go</button>
<style>body { font-size: 11px; columns: 2 }</style><script>
  const at = () => ' ' + performance.now().toFixed(1);
  const hear = (target, type) => target.addEventListener(type, () => say(target.constructor.name + ' ' + type + at()));
  const settle = (name, promise) => promise.then((value) => say(name + ' ' + value + at()), (error) => say(name + ' ' + error.name + at()));
  const poll = (name, read) => {
    let before = read(), times = 0;
    const timer = setInterval(() => {
      if (read() !== before) say(name + ' ' + before + ' ' + (before = read()) + ' after ' + times);
      if (++times > 40) clearInterval(timer);
    }, 10);
  };
  const files = async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle('notes.txt', { create: true });
    const stream = await file.createWritable();
    await stream.write('written');
    await stream.close();
    return (await file.getFile()).size;
  };
  hear(box, 'close'); hear(document.fonts, 'loadingdone');
  document.getElementById('name').onselect = () => say('select' + at());
  matchMedia('(max-width: 700px)').addListener((list) => say('narrow ' + list.matches + at()));
  go.onclick = () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 900;
    canvas.getContext('2d').fillRect(0, 0, 400, 400);
    canvas.toBlob((blob) => say('blob ' + (blob.size > 0) + at()));
    settle('offscreen', new OffscreenCanvas(600, 600).getContext('2d').canvas.convertToBlob().then((blob) => blob.type));
    settle('lock', navigator.locks.request('one', (lock) => { say('granted ' + lock.name + at()); return 5; }));
    settle('cookie', cookieStore.set('a', 'b').then(() => cookieStore.get('a')).then((cookie) => cookie.value));
    settle('files', files());
    settle('devices', navigator.mediaDevices.enumerateDevices().then((all) => Array.isArray(all)));
    box.showModal();
    setTimeout(() => box.close(), 30);
    document.getElementById('name').select();
    const style = document.createElement('style');
    style.textContent = 'b { color: red }';
    style.onload = () => say('style' + at());
    document.head.append(style);
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('width', 20); svg.setAttribute('height', 20);
    const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
    image.onload = () => say('svg image' + at());
    image.setAttribute('href', '/dot.svg');
    svg.append(image); document.body.append(svg);
    const picture = new Image();
    picture.src = '/slow.svg';
    poll('complete', () => picture.complete);
    const face = new FontFace('Late', 'url(/late.woff2)');
    document.fonts.add(face);
    settle('face', face.loaded);
    face.load().catch(() => {});
    poll('status', () => face.status + ' ' + document.fonts.status);
  };
</script>"""
STREAMS = """<button id=go>Go</button><style>body { font-size: 11px; columns: 2 }</style><script>
  const at = () => ' ' + performance.now().toFixed(1);
  const settle = (name, promise) => promise.then(() => say(name + at()), (error) => say(name + ' ' + error.name + at()));
  const read = async (name, stream) => {
    const reader = stream.getReader();
    let pieces = 0;
    while (!(await reader.read()).done) pieces++;
    say(name + ' ' + pieces + at());
  };
  const bytes = new Blob([new Uint8Array(300000)]);
  go.onclick = async () => {
    read('blob', bytes.stream());
    read('packed', bytes.stream().pipeThrough(new CompressionStream('gzip')));
    fetch('/text').then((answer) => read('answer', answer.body.pipeThrough(new CompressionStream('gzip'))));
    // These are settled at once, among the microtasks of what asked for them.
    settle('bitmap', createImageBitmap(document.createElement('canvas')));
    settle('digest', crypto.subtle.digest('SHA-256', new Uint8Array(100000)));
    settle('wasm', WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
    settle('cache', caches.open('one').then((cache) => cache.put('/x', new Response('1'))));
    settle('databases', indexedDB.databases());
    settle('notes', Notification.requestPermission());
    const audio = new OfflineAudioContext(1, 44100, 44100);
    audio.oncomplete = () => say('complete' + at());
    settle('rendered', audio.startRendering());
    settle('worklet', audio.audioWorklet.addModule('data:text/javascript,1'));
  };
</script>"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle cx="9" cy="9" r="8"/></svg>'
HEARD = {
    "blob", "offscreen", "granted", "lock", "cookie", "files", "devices", "HTMLDialogElement", "select", "style", "svg",
    "complete", "face", "status", "FontFaceSet", "narrow",
}  # fmt: skip


def test_calls_come_at_their_moment(session):
    site = session.site(
        {
            "/": document("Calls", LOG + CALLS),
            "/dot.svg": Reply(DOT, type="image/svg+xml", delay=0.1),
            "/slow.svg": Reply(DOT, type="image/svg+xml", delay=0.25),
            "/late.woff2": Reply(b"not a font", type="font/woff2", delay=0.2),
        }
    )
    with session.record():
        page = session.open(site, 500)
        page.get_by_role("button").click()
        page.wait_for_timeout(1200)
        page.set_viewport_size({"width": 640, "height": 700})
        page.wait_for_timeout(800)
        heard = {line.split(" ")[0] for line in page.inner_text("#log").splitlines()}
    assert heard == HEARD
    assert session.assert_reproduced().skips == ()


def test_streams_and_promises_settle_at_their_moment(session):
    text = Reply("text " * 40000, type="text/plain", delay=0.1)
    site = session.site({"/": document("Streams", LOG + STREAMS), "/text": text})
    with session.record():
        page = session.open(site, 500)
        for times in (1, 2):
            page.get_by_role("button").click()
            while len(page.inner_text("#log").splitlines()) < 12 * times:
                page.wait_for_timeout(100)
        page.wait_for_timeout(500)
    assert session.assert_reproduced().skips == ()


# One picture after the other is under way, also while the recorder takes one of its own.
PICTURES = """<button id=go>Go</button><div id=place></div><script>
  let [wrong, heard] = [0, 0];
  const next = () => {
    const picture = new Image();
    picture.addEventListener('load', (event) => {
      heard++;
      if (event.currentTarget !== picture || event.composedPath()[0] !== picture) say('wrong ' + ++wrong);
      event.stopImmediatePropagation();
      if (heard < 60) next();
    });
    picture.addEventListener('load', () => say('not stopped'));
    picture.src = '/dot' + heard + '.svg';
    place.replaceChildren(picture);
  };
  next();
</script>"""


def test_events_that_come_while_a_picture_is_taken_know_where_they_are(session):
    dot = Reply(DOT, type="image/svg+xml", delay=0.02)
    pages = {f"/dot{n}.svg": dot for n in range(60)}
    site = session.site({"/": document("Pictures", LOG + PICTURES), **pages})
    with session.record():
        page = session.open(site, 900)
        page.get_by_role("button").click()
        for _ in range(50):
            page.wait_for_timeout(300)
            if page.evaluate("heard") == 60:
                break
        assert page.evaluate("heard") == 60
        assert page.inner_text("#log") == ""
    session.assert_reproduced()
