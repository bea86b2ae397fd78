"""The headers of every answer: what a browser may do with it."""

from __future__ import annotations

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
}
_SHARED = ("/api/", "/data", "/feeds/", "/oembed", "/chart.svg", "/llms.txt", "/mcp")
_FRAMED = "/embed"


def is_shared(path: str) -> bool:
    """Whether programs of other sites may read what lies there."""
    return path.startswith(_SHARED)


def headers(path: str) -> dict[str, str]:
    """The headers of an answer from `path`, unless it brings its own."""
    framed = path == _FRAMED
    told = _ALWAYS | {"content-security-policy": _POLICY.format(frames="*" if framed else "'none'")}
    if is_shared(path):
        told |= {
            "access-control-allow-origin": "*",
            "access-control-expose-headers": "ETag, Link, Retry-After, Content-Disposition",
        }
    shared = framed or is_shared(path)
    return told | {"cross-origin-resource-policy": "cross-origin" if shared else "same-origin"}
