"""One page from the network, without trusting the network.

http and https only; at most ``limits.fetch_hops`` redirects and ``limits.fetch_seconds`` in all;
never to an address that is not public, on any hop. The name is resolved once a hop, every address
is checked, and the connection goes to the checked address itself, so a name that changes its
answer between check and connection (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from dragoman.errors import InputError, LimitExceeded
from dragoman.limits import Limits
from dragoman.reading import compressed
from dragoman.reading.sources import Marks, Opened
from dragoman.version import __version__

Resolver = Callable[[str, int], list[str]]
Connector = Callable[[str, int, float], socket.socket]

_CHUNK = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_AS_IT_WAS = 304
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_HEADERS = {
    "User-Agent": f"dragoman/{__version__} (reader of news; one page at a user's request)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "gzip, identity",
    "Connection": "close",
}
_CARRIERS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::ffff:0:0/96",
        "::/96",
        "fec0::/10",
    )
)
"""IPv6 ranges that carry an IPv4 address (NAT64, 6to4, Teredo, mapped, compatible) or are
site-local: refused whole."""


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, as text."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection to a numeric address."""
    return socket.create_connection((address, port), timeout=seconds)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet.

    False for private, loopback, link-local, carrier-grade NAT, multicast, reserved and
    documentation ranges, and for IPv6 ranges that can smuggle an IPv4 address.
    """
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if ip.version == 6 and any(ip in network for network in _CARRIERS):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


@dataclass(frozen=True)
class _Target:
    """Where one hop goes."""

    url: str
    secure: bool
    host: str
    port: int
    path: str


def fetch(
    url: str,
    limits: Limits | None = None,
    marks: Marks = (),
    *,
    resolver: Resolver = resolve,
    connector: Connector = connect,
) -> Opened:
    """The page at ``url``, redirects followed.

    Args:
        marks: of an earlier answer; where the page is as it was, only that comes back (``Opened.unchanged``).
        resolver, connector: for tests; they take the place of name service and TCP.

    Raises:
        InputError: refused address, bad answer, broken connection (code "fetch").
        LimitExceeded: too many hops, too slow, too large.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.fetch_seconds
    address = url
    for _ in range(limits.fetch_hops + 1):
        target = _target(address, url)
        answer = _one_hop(target, url, limits, deadline, resolver, connector, marks)
        if isinstance(answer, Opened):
            return answer
        address = urljoin(target.url, answer)
    raise LimitExceeded(url, f"more than {limits.fetch_hops} redirects", code="fetch")


def _target(address: str, url: str) -> _Target:
    """The parts of an address that may be asked for."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise InputError(url, f"not an address: {address[:200]!r}", code="fetch") from None
    scheme, host = parts.scheme.lower(), parts.hostname or ""
    if scheme not in ("http", "https"):
        raise InputError(
            url, f"only http and https are fetched, not {scheme or 'nothing'!r}", code="fetch"
        )
    if not host or parts.username or parts.password:
        raise InputError(url, "the address has no host, or holds a password", code="fetch")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        raise InputError(url, f"not a host name: {host[:100]!r}", code="fetch") from None
    return _Target(
        address, scheme == "https", host, port or (443 if scheme == "https" else 80), path
    )


def _one_hop(
    target: _Target,
    url: str,
    limits: Limits,
    deadline: float,
    resolver: Resolver,
    connector: Connector,
    marks: Marks,
) -> Opened | str:
    """The page, or the address that the answer sends us on to."""
    address = _checked_address(target, url, deadline, resolver)
    connection: socket.socket | None = None
    watchdog: threading.Timer | None = None
    try:
        connection = connector(address, target.port, _left(deadline, url))
        # A server that drips one byte a second never trips a socket timeout; the watchdog does.
        watchdog = threading.Timer(_left(deadline, url), _shut, [connection])
        watchdog.daemon = True
        watchdog.start()
        if target.secure:
            context = ssl.create_default_context()
            connection = context.wrap_socket(connection, server_hostname=target.host)
        return _ask(connection, target, url, limits, deadline, marks)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= deadline:
            raise LimitExceeded(
                url, f"took more than {limits.fetch_seconds:g} s", code="fetch"
            ) from None
        reason = str(error) or type(error).__name__
        raise InputError(url, f"{target.host}: {reason}", code="fetch") from None
    finally:
        if watchdog:
            watchdog.cancel()
        if connection:
            connection.close()


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        connection.close()


def _left(deadline: float, url: str) -> float:
    """Seconds that are left, at least a moment."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise LimitExceeded(url, "took longer than the limit on a fetch", code="fetch")
    return left


def _checked_address(target: _Target, url: str, deadline: float, resolver: Resolver) -> str:
    """The first address of the host, after all of them have been found to be public."""
    found: list[str] = []
    failure: list[BaseException] = []

    def ask() -> None:
        try:
            found.extend(resolver(target.host, target.port))
        except (OSError, UnicodeError) as error:
            failure.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_left(deadline, url))
    if asking.is_alive():
        raise LimitExceeded(url, f"{target.host}: no answer from the name service", code="fetch")
    if failure or not found:
        raise InputError(url, f"{target.host}: no such host", code="fetch")
    for address in found:
        if not is_public(address):
            raise InputError(
                url, f"{target.host} is {address}, not a public address; refused", code="fetch"
            )
    return found[0]


def _ask(
    connection: socket.socket,
    target: _Target,
    url: str,
    limits: Limits,
    deadline: float,
    marks: Marks,
) -> Opened | str:
    """Send the request over an open connection and read the answer within the limits."""
    client = http.client.HTTPConnection(target.host, target.port)
    client.sock = connection
    default = 443 if target.secure else 80
    host = f"[{target.host}]" if ":" in target.host else target.host
    named = host if target.port == default else f"{host}:{target.port}"
    headers = {**_HEADERS, "Host": named, **dict(marks)}
    client.request("GET", target.path, headers=headers)
    answer = client.getresponse()
    if answer.status in _REDIRECTS:
        location = answer.getheader("Location")
        if not location:
            raise InputError(url, f"a redirect ({answer.status}) to nowhere", code="fetch")
        return location
    if answer.status == _AS_IT_WAS and marks:
        return Opened(url, url=target.url, marks=marks, unchanged=True)
    if answer.status != 200:
        raise InputError(url, f"the server answered {answer.status} {answer.reason}", code="fetch")
    encoding = (answer.getheader("Content-Encoding") or "identity").lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise InputError(url, f"unknown content encoding {encoding!r}", code="fetch")
    data = compressed.expand(_body(answer, connection, url, limits, deadline), url, limits)
    kind = answer.getheader("Content-Type") or ""
    charset = _CHARSET.search(kind)
    return Opened(
        source=url,
        data=data,
        url=target.url,
        charset=charset.group(1) if charset else None,
        is_page=True if "html" in kind.lower() else None,
        marks=_marks(answer),
    )


def _marks(answer: http.client.HTTPResponse) -> Marks:
    """By what the server will know the page again."""
    told = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
    return tuple((asked, value) for asked, name in told if (value := answer.getheader(name)))


def _body(
    answer: http.client.HTTPResponse,
    connection: socket.socket,
    url: str,
    limits: Limits,
    deadline: float,
) -> bytes:
    """The answer's bytes, at most ``limits.input_bytes``."""
    pieces: list[bytes] = []
    total = 0
    while True:
        connection.settimeout(_left(deadline, url))
        piece = answer.read1(_CHUNK)
        if not piece:
            break
        total += len(piece)
        if total > limits.input_bytes:
            raise LimitExceeded(url, f"more than {limits.input_bytes:,} bytes", code="limit")
        pieces.append(piece)
    if answer.length:
        raise InputError(
            url, "the connection closed before the page was complete", code="truncated"
        )
    return b"".join(pieces)
