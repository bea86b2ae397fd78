"""The API over a home that holds the small capture."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tallystick.catalog import Catalog
from tallystick.current import Current
from tallystick.settings import Settings
from tallystick.views.api.part import api
from tallystick.views.pages.read import pages


def api_over(home: Settings) -> FastAPI:
    """The API alone, without the pages and the layers of the server."""
    made = FastAPI(openapi_url=None)
    api(made, Current(home), pages(Catalog(home.records)))
    return made


@pytest.fixture(scope="session")
def app(small_home: Settings) -> FastAPI:
    return api_over(small_home)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    return TestClient(app)
