"""Opens connections: to public addresses only, or, where the settings say so, to one server on this machine."""

from __future__ import annotations

import ipaddress
import socket

import httpx

from tallystick.errors import FetchError, UsageError

_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def transport(loopback: str | None) -> httpx.BaseTransport:
    """The way to publishers; with `loopback` (`http://127.0.0.1:8000`) every request goes to that server instead.

    The request keeps the publisher's address as its Host header, so that the server can tell them apart.
    """
    return PublicOnly() if loopback is None else Loopback(loopback)


class PublicOnly(httpx.BaseTransport):
    """Connects to the address that was judged, so that a name cannot lead elsewhere between check and use."""

    def __init__(self) -> None:
        self._http = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        address = public_address(host, request.url.port or 443)
        return self._http.handle_request(_readdressed(request, request.url.copy_with(host=address), host))

    def close(self) -> None:
        self._http.close()


class Loopback(httpx.BaseTransport):
    """Sends every request to one server on this machine: how the client is tested whole."""

    def __init__(self, server: str) -> None:
        self._server = httpx.URL(server)
        if not _is_loopback(self._server.host):
            raise UsageError(
                f"TALLYSTICK_LOOPBACK names '{self._server.host}', which is not this machine",
                next_step="give an address like http://127.0.0.1:8000, or unset it",
            )
        self._http = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        server = self._server
        url = request.url.copy_with(scheme=server.scheme, host=server.host, port=server.port)
        return self._http.handle_request(_readdressed(request, url, request.url.host))

    def close(self) -> None:
        self._http.close()


def public_address(host: str, port: int) -> str:
    """An address of `host`. Raises `FetchError` when there is none or one of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchError(
            f"the name of the publisher's site could not be looked up: {error}",
            where=host,
            next_step="check the connection to the internet, then try again",
        ) from error
    addresses = [str(entry[4][0]) for entry in found]
    private = [address for address in addresses if not _is_public(ipaddress.ip_address(address.split("%")[0]))]
    if private:
        raise FetchError(
            f"'{host}' leads to the address {private[0]}, which is not a public one",
            where=host,
            next_step="nothing was asked there; check the address where it is written and this machine's name server",
        )
    return addresses[0]


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the open internet; an IPv6 address that stands for an IPv4 one as that one is."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not _is_public(inner):
            return False
    return address.is_global and not address.is_multicast


def _readdressed(request: httpx.Request, url: httpx.URL, host: str) -> httpx.Request:
    extensions = {**request.extensions, "sni_hostname": host}
    return httpx.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
