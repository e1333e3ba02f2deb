from __future__ import annotations

import contextlib
import hashlib
import http.client
import socket
import ssl
import threading
import time
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest

from reenact.errors import InvalidTrace
from reenact.replay.loads import Pauses
from reenact.replay.proxy import REFUSAL, ReplayProxy
from reenact.trace.records import Exchange, WebSocket

RECORDED_AT = datetime(2024, 5, 1, tzinfo=UTC)


class Archive:
    def __init__(self):
        self.exchanges: list[Exchange] = []
        self.websockets: list[WebSocket] = []
        self.resources: dict[str, bytes] = {}

    def add(
        self, url: str, body: bytes = b"", *, headers=(), method="GET", sent: bytes = b"", **fields: Any
    ) -> None:
        number = len(self.exchanges) + 1
        response = {"headers": [list(h) for h in headers], "body": self._put(body), "size": len(body)}
        raw = {
            "id": f"e{number}",
            "method": method,
            "url": url,
            "type": "fetch",
            "time": float(number),
            "status": 200,
            "status_text": "OK",
            "request": {"headers": [], "body": self._put(sent)},
            "response": response,
            **fields,
        }
        self.exchanges.append(Exchange.of(raw))

    def _put(self, data: bytes) -> str | None:
        sha = hashlib.sha256(data).hexdigest()
        self.resources[sha] = data
        return sha if data else None

    def read(self, sha: str) -> bytes:
        try:
            return self.resources[sha]
        except KeyError:
            raise InvalidTrace(f"missing resource: {sha}") from None


@pytest.fixture
def archive():
    return Archive()


class Client:
    """A client of the proxy that keeps its connection, as a browser does."""

    every: ClassVar[list[Client]] = []

    def __init__(self, proxy: ReplayProxy):
        self.every.append(self)
        self.connection = http.client.HTTPConnection(urlsplit(proxy.server).netloc, timeout=10)

    def ask(self, method: str, url: str, body: bytes | None = None, **headers: str):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, url, body, {"Host": urlsplit(url).netloc, **names})
        response = self.connection.getresponse()
        return response, response.read()


@pytest.fixture(autouse=True)
def _clients_close():
    yield
    while Client.every:
        Client.every.pop().connection.close()


@pytest.fixture
def serve(archive):
    proxies = []

    def start(**options) -> tuple[ReplayProxy, Client]:
        proxy = ReplayProxy(archive, recorded_at=RECORDED_AT, **options)
        proxy.start()
        proxies.append(proxy)
        return proxy, Client(proxy)

    yield start
    for proxy in proxies:
        proxy.close()


def test_status_headers_and_body_come_back_on_one_connection(archive, serve):
    archive.add("http://app.test/a", b"one", headers=[("Content-Type", "text/x"), ("X-A", "1"), ("X-A", "2")])
    archive.add("http://app.test/a", b"two", status=418, status_text="Short and stout")
    proxy, client = serve()
    response, body = client.ask("GET", "http://app.test/a")
    sock = client.connection.sock
    assert (response.status, body) == (200, b"one")
    assert response.headers.get_all("X-A") == ["1", "2"]
    response, body = client.ask("GET", "http://app.test/a")
    assert (response.status, response.reason, body) == (418, "Short and stout", b"two")
    assert client.connection.sock is sock
    assert proxy.served == 2
    assert proxy.misses == ()


def test_headers_that_reach_beyond_the_replay_are_dropped(archive, serve):
    archive.add("http://app.test/", b"x" * 10, headers=[
        ("content-encoding", "gzip"), ("Content-Length", "3"), ("Transfer-Encoding", "chunked"),
        ("Strict-Transport-Security", "max-age=9"), ("Alt-Svc", "h3"), ("NEL", "{}"), ("Report-To", "{}"),
        ("Cache-Control", "max-age=900"), ("Expires", "Thu, 01 Jan 2099 00:00:00 GMT"),
        ("Connection", "close"), ("ETag", '"v1"'), ("Content-Security-Policy", "default-src 'self'"),
    ])  # fmt: skip
    _, client = serve()
    response, body = client.ask("GET", "http://app.test/")
    assert body == b"x" * 10
    assert sorted(name.lower() for name in response.headers) == [
        "cache-control", "content-length", "content-security-policy", "etag", "expires",
    ]  # fmt: skip
    # A page may show these; the browser of a replay keeps no cache.
    assert response.headers["Cache-Control"] == "max-age=900"


@pytest.mark.parametrize(
    ("recorded", "sent"),
    [
        ("sid=1; Path=/; HttpOnly", "sid=1; Path=/; HttpOnly"),
        ("sid=1; Expires=Wed, 01 Jan 2025 00:00:00 GMT; Path=/", "sid=1; Path=/"),
        ("sid=1; Max-Age=3600; SameSite=Lax", "sid=1; SameSite=Lax"),
        ("sid=; Max-Age=0; Path=/", "sid=; Path=/; Max-Age=0"),
        ('sid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/', 'sid=""; Path=/; Max-Age=0'),
        ("sid=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "sid=1"),
        ("sid=1; Expires=nonsense", "sid=1"),
    ],
)
def test_cookies_hold_for_the_replay_whenever_it_runs(archive, serve, recorded, sent):
    archive.add("http://app.test/", headers=[("Set-Cookie", recorded)])
    _, client = serve()
    response, _ = client.ask("GET", "http://app.test/")
    assert response.headers.get_all("Set-Cookie") == [sent]


def test_redirects_are_real_and_204_and_head_have_no_body(archive, serve):
    archive.add("http://app.test/go", status=302, headers=[("Location", "/there")])
    archive.add("http://app.test/none", status=204)
    archive.add("http://app.test/page", b"12345", headers=[("Content-Length", "5")])
    _, client = serve()
    response, body = client.ask("GET", "http://app.test/go")
    assert (response.status, response.headers["Location"], body) == (302, "/there", b"")
    response, body = client.ask("GET", "http://app.test/none")
    assert (response.status, body) == (204, b"")
    assert "Content-Length" not in response.headers
    response, body = client.ask("HEAD", "http://app.test/page")
    assert (response.headers["Content-Length"], body) == ("5", b"")
    assert client.ask("GET", "http://app.test/page")[1] == b"12345", "the connection is still in step"


def test_request_bodies_also_chunked_and_after_100_continue(archive, serve):
    archive.add("http://app.test/p", b"ok", method="POST", sent=b"hello world")
    proxy, client = serve()
    host = urlsplit(proxy.server)
    for head, body in [
        (b"Content-Length: 11\r\n", b"hello world"),
        (b"Transfer-Encoding: chunked\r\n", b"6;x=y\r\nhello \r\n5\r\nworld\r\n0\r\nTrailer: 1\r\n\r\n"),
        (b"Content-Length: 11\r\nExpect: 100-continue\r\n", b"hello world"),
    ]:
        with socket.create_connection((host.hostname, host.port), timeout=5) as sock:
            sock.sendall(
                b"POST http://app.test/p HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n" + head + b"\r\n"
            )
            sock.sendall(body)
            answer = b"".join(iter(lambda sock=sock: sock.recv(65536), b""))
        assert answer.endswith(b"\r\n\r\nok")
    assert [near.nearest for near in proxy.near] == ["e1", "e1"], "used up, so given again and said so"
    assert client.ask("POST", "http://app.test/p", b"other")[1] == b"ok"
    assert len(proxy.near) == 3


def test_what_is_not_in_the_archive_is_refused_and_reported(archive, serve):
    archive.add("http://app.test/items?page=1", b"x")
    seen = []
    proxy, client = serve(on_miss=seen.append)
    response, body = client.ask("GET", "http://app.test/items?page=2")
    assert (response.status, body) == (504, REFUSAL)
    assert [(m.method, m.url, m.nearest) for m in seen] == [
        ("GET", "http://app.test/items?page=2", "http://app.test/items?page=1")
    ]
    assert proxy.misses == tuple(seen)
    response, _ = client.ask("GET", "http://app.test/x", Upgrade="websocket", Connection="Upgrade")
    assert response.status == 502
    assert proxy.misses[1].url == "ws://app.test/x"


def test_traffic_of_the_browser_itself_is_turned_away_quietly(archive, serve):
    archive.add("http://app.test/", b"x")
    proxy, client = serve()
    assert client.ask("GET", "http://app.test/favicon.ico")[0].status == 404
    assert client.ask("GET", "http://update.googleapis.com/service/update2")[0].status == 504
    client.connection.close()
    client.connection.set_tunnel("accounts.google.com", 443)
    with pytest.raises(OSError, match="502"):
        client.connection.connect()
    assert (proxy.misses, proxy.background) == ((), 3)


def test_a_recorded_favicon_is_served(archive, serve):
    archive.add("http://app.test/favicon.ico", b"icon")
    _, client = serve()
    assert client.ask("GET", "http://app.test/favicon.ico")[1] == b"icon"


def test_preflights_that_were_not_recorded_are_let_through(archive, serve):
    proxy, client = serve()
    response, _ = client.ask(
        "OPTIONS", "http://api.test/x", Origin="http://app.test", Access_Control_Request_Method="PUT",
        Access_Control_Request_Headers="x-a,x-b",
    )  # fmt: skip
    assert response.status == 204
    assert response.headers["Access-Control-Allow-Origin"] == "http://app.test"
    assert response.headers["Access-Control-Allow-Headers"] == "x-a,x-b"
    assert proxy.misses == ()


def test_what_failed_fails_again_and_the_next_is_not_used_up_by_it(archive, serve):
    archive.add("http://app.test/x", status=None, failed="net::ERR_CONNECTION_RESET", response=None)
    archive.add("http://app.test/x", b"better")
    proxy, client = serve()
    host = urlsplit(proxy.server)
    with socket.create_connection((host.hostname, host.port), timeout=5) as sock:
        sock.sendall(b"GET http://app.test/x HTTP/1.1\r\nHost: app.test\r\n\r\n")
        answer = b"".join(iter(lambda: sock.recv(65536), b""))
    assert answer.count(b"Content-Length") == 2
    assert client.ask("GET", "http://app.test/x")[1] == b"better"


def test_a_request_that_recording_saw_given_up_waits_for_that(archive, serve):
    archive.add("http://app.test/poll", status=None, failed="net::ERR_ABORTED", response=None)
    archive.add("http://app.test/poll", b"next")
    proxy, client = serve()
    host = urlsplit(proxy.server)
    with socket.create_connection((host.hostname, host.port), timeout=5) as sock:
        sock.sendall(b"GET http://app.test/poll HTTP/1.1\r\nHost: app.test\r\n\r\n")
        sock.settimeout(0.4)
        with pytest.raises(TimeoutError):
            sock.recv(10)
    time.sleep(0.2)
    assert client.ask("GET", "http://app.test/poll")[1] == b"next"


def test_a_request_that_is_not_given_up_gets_the_next_answer_after_a_while(archive, serve):
    archive.add("http://app.test/poll", status=None, failed="net::ERR_ABORTED", response=None)
    archive.add("http://app.test/poll", b"next")
    _, client = serve()
    started = time.monotonic()
    assert client.ask("GET", "http://app.test/poll")[1] == b"next"
    assert 1 < time.monotonic() - started < 6


def ask_in_thread(proxy: ReplayProxy, url: str):
    result: dict[str, Any] = {}

    def run():
        try:
            result["response"], result["body"] = Client(proxy).ask("GET", url)
        except (OSError, http.client.HTTPException) as error:
            result["error"] = error

    thread = threading.Thread(target=run)
    thread.start()
    return thread, result


def until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_document_waits_to_be_released(archive, serve):
    archive.add("http://app.test/", b"page", document="d7", type="document")
    archive.add("http://app.test/style", b"css")
    proxy, client = serve()
    thread, result = ask_in_thread(proxy, "http://app.test/")
    until(lambda: proxy.held == {"d7"})
    assert client.ask("GET", "http://app.test/style")[1] == b"css", "others do not wait"
    time.sleep(0.2)
    assert not result
    proxy.release("d7")
    thread.join(5)
    assert result["body"] == b"page"
    assert result["response"].headers["Server-Timing"] == 'rx;desc="d7"'
    assert proxy.held == frozenset()
    response, _ = client.ask("GET", "http://app.test/")
    assert "Server-Timing" not in response.headers, "a document that was not recorded has no timeline"


@pytest.fixture
def begun(archive, serve):
    """A document in three parts whose parser has paused at its second and third script, and what comes of it."""
    archive.add("http://a.test/", b"<p><script>1</script><script>2</script><script>3</script>", document="d1")
    proxy, _ = serve(pauses={"d1": Pauses(3, (1, 2))})
    proxy.release("d1")
    at = urlsplit(proxy.server)
    with socket.create_connection((at.hostname, at.port)) as sock:
        sock.sendall(b"GET http://a.test/ HTTP/1.1\r\nHost: a.test\r\nSec-Fetch-Dest: document\r\n\r\n")
        sock.settimeout(0.3)

        def comes():
            came = b""
            with contextlib.suppress(TimeoutError):
                while more := sock.recv(4096):
                    came += more
            return came

        yield proxy, comes


def test_a_document_comes_as_its_timeline_comes_to_its_parts(begun):
    proxy, comes = begun
    assert comes().endswith(b"<p><script>1</script>\r\n")
    proxy.release_load("d1", "script 0")
    assert comes() == b""
    proxy.release_load("d1", "script 1")
    assert comes() == b"12\r\n<script>2</script>\r\n"
    proxy.release_load("d1", "script 1")
    assert comes() == b""
    proxy.release_load("d1", "script 2")
    assert comes() == b"12\r\n<script>3</script>\r\n"
    proxy.release_load("d1", "end")
    assert comes() == b"0\r\n\r\n"


def test_more_of_a_document_comes_out_of_its_turn_and_no_more_than_there_is(begun):
    proxy, comes = begun
    comes()
    proxy.release_load("d1", "more")
    proxy.release_load("d1", "more")
    proxy.release_load("d1", "more")
    proxy.release_load("d2", "more")
    assert comes() == b"12\r\n<script>2</script>\r\n12\r\n<script>3</script>\r\n"
    proxy.release_load("d1", "end")
    assert comes() == b"0\r\n\r\n"


def test_released_before_it_is_asked_for(archive, serve):
    archive.add("http://app.test/", b"page", document="d1", headers=[("Server-Timing", "db;dur=3")])
    proxy, client = serve()
    proxy.release("d1")
    response, _ = client.ask("GET", "http://app.test/")
    assert response.headers.get_all("Server-Timing") == ["db;dur=3", 'rx;desc="d1"']


def test_release_all_and_no_holding_at_all(archive, serve):
    archive.add("http://app.test/", b"page", document="d1")
    proxy, _ = serve()
    thread, result = ask_in_thread(proxy, "http://app.test/")
    until(lambda: proxy.held)
    proxy.release_all()
    thread.join(5)
    assert result["body"] == b"page"
    _, client = serve(hold_documents=False)
    assert client.ask("GET", "http://app.test/")[1] == b"page"


def test_closing_ends_everything(archive):
    archive.add("http://app.test/", b"page", document="d1")
    before = threading.active_count()
    with ReplayProxy(archive) as proxy:
        idle = Client(proxy)
        idle.ask("GET", "http://app.test/none")
        idle_too = socket.create_connection(("127.0.0.1", urlsplit(proxy.server).port))
        thread, result = ask_in_thread(proxy, "http://app.test/")
        until(lambda: proxy.held)
        started = time.monotonic()
    assert time.monotonic() - started < 2
    thread.join(5)
    assert "error" in result
    idle_too.close()
    until(lambda: threading.active_count() <= before)


def test_https_through_connect_by_name_and_by_address(archive, serve):
    archive.add("https://app.test/s", b"secure")
    archive.add("https://127.0.0.1:8443/s", b"by address")
    proxy, _ = serve()
    for host, port, body, name in [
        ("app.test", 443, b"secure", "DNS"),
        ("127.0.0.1", 8443, b"by address", "IP Address"),
    ]:
        address = urlsplit(proxy.server)
        sock = socket.create_connection((address.hostname, address.port), timeout=5)
        sock.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        assert sock.recv(4096).startswith(b"HTTP/1.1 200")
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with context.wrap_socket(sock, server_hostname=host) as tls:
            certificate = ssl.DER_cert_to_PEM_cert(tls.getpeercert(binary_form=True))
            for _ in range(2):
                tls.sendall(f"GET /s HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                received = b""
                while not received.endswith(body):
                    received += tls.recv(4096)
        assert name in str(_names(certificate))


def tunnel(proxy: ReplayProxy, host: str) -> ssl.SSLSocket:
    address = urlsplit(proxy.server)
    sock = socket.create_connection((address.hostname, address.port), timeout=5)
    sock.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
    assert sock.recv(4096).startswith(b"HTTP/1.1 200")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(sock, server_hostname=host)


def test_a_document_over_https_waits_too(archive, serve):
    archive.add("https://app.test/", b"page", document="d1", type="document")
    proxy, _ = serve()
    with tunnel(proxy, "app.test") as tls:
        tls.sendall(b"GET / HTTP/1.1\r\nHost: app.test\r\n\r\n")
        until(lambda: proxy.held == {"d1"})
        time.sleep(0.3)
        assert proxy.held == {"d1"}
        proxy.release("d1")
        assert tls.recv(4096).startswith(b"HTTP/1.1 200")


def test_who_gives_up_a_held_document_over_https_is_not_waited_for(archive, serve):
    archive.add("https://app.test/", b"page", document="d1", type="document")
    proxy, _ = serve()
    tls = tunnel(proxy, "app.test")
    tls.sendall(b"GET / HTTP/1.1\r\nHost: app.test\r\n\r\n")
    until(lambda: proxy.held == {"d1"})
    tls.close()
    until(lambda: proxy.held == frozenset())


def test_closing_ends_https_connections(archive):
    archive.add("https://app.test/", b"page", document="d1", type="document")
    before = threading.active_count()
    with ReplayProxy(archive) as proxy:
        held, idle = tunnel(proxy, "app.test"), tunnel(proxy, "app.test")
        held.sendall(b"GET / HTTP/1.1\r\nHost: app.test\r\n\r\n")
        until(lambda: proxy.held == {"d1"})
        started = time.monotonic()
    assert time.monotonic() - started < 2
    until(lambda: threading.active_count() <= before)
    for tls in (held, idle):
        tls.close()


def _names(pem: str):
    from cryptography import x509

    names = x509.load_pem_x509_certificate(pem.encode()).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    return ["DNS" if isinstance(n, x509.DNSName) else "IP Address" for n in names.value]


@pytest.mark.parametrize(
    "nonsense",
    [b"\x16\x03\x01 not http\r\n\r\n", b"GET\r\n\r\n", b"GET http://a/ HTTP/1.1\r\nbroken header\r\n\r\n",
     b"POST http://a/ HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
     b"CONNECT a:443 HTTP/1.1\r\n\r\n\x16\x03\x01garbage"],
)  # fmt: skip
def test_nonsense_closes_one_connection_and_harms_no_other(archive, serve, nonsense):
    archive.add("http://app.test/", b"x")
    proxy, client = serve()
    address = urlsplit(proxy.server)
    with socket.create_connection((address.hostname, address.port), timeout=5) as sock:
        sock.sendall(nonsense)
        sock.shutdown(socket.SHUT_WR)
        while sock.recv(4096):
            pass
    assert client.ask("GET", "http://app.test/")[1] == b"x"


def test_a_hostile_trace_cannot_add_headers(archive, serve):
    archive.add(
        "http://app.test/", b"x", status_text="OK\r\nX-Evil: 1", document="d1",
        headers=[("X-A", "1\r\nX-Evil: 2"), ("X B: 1\r\nX-Evil", "3"), ("X-Ü", "4"), ("X-Text", "日本")],
    )  # fmt: skip
    proxy, client = serve()
    proxy.release("d1")
    response, body = client.ask("GET", "http://app.test/")
    assert body == b"x"
    assert "X-Evil" not in response.headers


def test_a_damaged_resource_is_an_error_of_the_trace(archive, serve):
    archive.add("http://app.test/", b"x")
    archive.resources.clear()
    archive.resources[hashlib.sha256(b"").hexdigest()] = b""
    proxy, client = serve()
    assert client.ask("GET", "http://app.test/")[0].status == 502
    assert isinstance(proxy.error, InvalidTrace)


def test_many_at_once(archive, serve):
    for i in range(200):
        archive.add(f"http://app.test/{i}", str(i).encode() * 1000)
    proxy, _ = serve()
    results: dict[int, bytes] = {}

    def run(start):
        client = Client(proxy)
        for i in range(start, 200, 8):
            results[i] = client.ask("GET", f"http://app.test/{i}")[1]

    threads = [threading.Thread(target=run, args=(start,)) for start in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert results == {i: str(i).encode() * 1000 for i in range(200)}
    assert proxy.served == 200
