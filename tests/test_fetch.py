"""Fetching: only public addresses on every hop, within time, size and number of hops."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.reading.fetch import fetch, is_public
from dragoman.reading.sources import Marks, Opened

PAGE = b"<html><body><p>The guards left the crossing on Monday.</p></body></html>"
PUBLIC = "93.184.215.14"
HOSTS = {
    "news.example": [PUBLIC],
    "inside.example": ["10.0.0.7"],
    "both.example": [PUBLIC, "127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "six.example": ["64:ff9b::a00:7"],
}


class Site(http.server.BaseHTTPRequestHandler):
    """A small site: pages, redirects, a page that never ends, one that drips."""

    def do_GET(self) -> None:
        routes = {
            "/far": "http://inside.example/",
            "/loop": "/loop",
            "/file": "file:///etc/passwd",
            "/near": "/",
        }
        if self.path in routes:
            self.send_response(302)
            self.send_header("Location", routes[self.path])
            self.end_headers()
        elif self.path == "/marked":
            as_it_was = self.headers.get("If-None-Match") == '"seven"'
            self.send_response(304 if as_it_was else 200)
            self.send_header("ETag", '"seven"')
            self.end_headers()
            if not as_it_was:
                self.wfile.write(PAGE)
        elif self.path == "/missing":
            self.send_error(404)
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65_536)
            except OSError:
                pass
        elif self.path == "/drip":
            try:
                for _ in range(100):
                    self.wfile.write(b"H")
                    time.sleep(0.1)
            except OSError:
                pass
        else:
            body = gzip.compress(PAGE) if self.path == "/packed" else PAGE
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body) + (50 if self.path == "/cut" else 0)))
            if self.path == "/packed":
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def ask(url: str, port: int, marks: Marks = (), **limits: float) -> Opened:
    """Fetch with names from ``HOSTS``; a connection to a checked address ends at the local site."""
    dialled: list[str] = []

    def connector(address: str, _: int, seconds: float) -> socket.socket:
        dialled.append(address)
        assert is_public(address)
        return socket.create_connection(("127.0.0.1", port), timeout=seconds)

    def resolver(host: str, _: int) -> list[str]:
        if host not in HOSTS:
            raise socket.gaierror("unknown")
        return HOSTS[host]

    return fetch(url, Limits(**limits), marks, resolver=resolver, connector=connector)  # type: ignore[arg-type]


def test_a_page_that_is_as_it_was_is_not_sent_again(port: int) -> None:
    first = ask("http://news.example/marked", port)
    assert first.data == PAGE and first.marks == (("If-None-Match", '"seven"'),)
    again = ask("http://news.example/marked", port, first.marks)
    assert again.unchanged and not again.data and again.marks == first.marks
    with pytest.raises(InputError):
        ask("http://news.example/marked", port, (("If-None-Match", "a\r\nHost: inside"),))


@pytest.mark.parametrize("path", ["/", "/near", "/packed"])
def test_pages_and_redirects(path: str, port: int) -> None:
    found = ask(f"http://news.example{path}", port)
    assert found.data == PAGE
    assert (found.charset, found.is_page) == ("utf-8", True)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://inside.example/", "not a public address"),
        ("http://both.example/", "not a public address"),
        ("http://metadata.example/latest", "not a public address"),
        ("http://six.example/", "not a public address"),
        ("http://news.example/far", "not a public address"),
        ("http://news.example/file", "only http and https"),
        ("http://news.example/loop", "redirects"),
        ("http://news.example/missing", "404"),
        ("http://news.example/cut", "before the page was complete"),
        ("http://nowhere.example/", "no such host"),
        ("http://user:secret@news.example/", "password"),
        ("ftp://news.example/", "only http and https"),
        ("http://news.example:99999/", "not an address"),
        ("http://", "no host"),
    ],
)
def test_refusals_name_the_address_and_the_reason(url: str, words: str, port: int) -> None:
    with pytest.raises(InputError, match=words) as caught:
        ask(url, port)
    assert "\n" not in str(caught.value)
    assert caught.value.source == url


def test_a_page_that_never_ends_is_cut_off(port: int) -> None:
    with pytest.raises(LimitExceeded, match="bytes"):
        ask("http://news.example/endless", port, input_bytes=1_000_000)


def test_a_page_that_drips_is_cut_off(port: int) -> None:
    started = time.monotonic()
    with pytest.raises(LimitExceeded, match="took more than"):
        ask("http://news.example/drip", port, fetch_seconds=1.0)
    assert time.monotonic() - started < 6


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
     "198.18.0.1", "192.0.2.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
     "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:a00:1::", "2001:0:1::1", "2001:db8::1", "fec0::1", "name", ""],
)  # fmt: skip
def test_addresses_that_are_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", PUBLIC, "2606:4700:4700::1111"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)
