"""The API over a home that holds the small capture."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tallystick.current import Current
from tallystick.settings import Settings
from tallystick.views.api.part import api


@pytest.fixture(scope="session")
def app(small_home: Settings) -> FastAPI:
    """The API alone, without the pages and the layers of the server."""
    made = FastAPI(openapi_url=None)
    api(made, Current(small_home), {})
    return made


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    return TestClient(app)
