"""Runs the server over a home folder."""

from __future__ import annotations

import uvicorn

from tallystick.catalog import Catalog
from tallystick.current import Current
from tallystick.settings import Settings
from tallystick.views.pages.read import pages
from tallystick.views.web.app import make_app
from tallystick.views.words import languages


def run(settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted. Nobody's requests are written down."""
    catalog = Catalog(settings.records)
    app = make_app(Current(settings), pages(catalog), languages(catalog), settings.site or f"http://{host}:{port}")
    uvicorn.run(app, host=host, port=port, access_log=False, server_header=False)
