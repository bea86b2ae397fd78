"""What the server counts about itself, for Prometheus; nothing about readers or what they asked."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 1.0, 2.5, 5.0, 10.0, 30.0)


class Measures:
    """The counters of one server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        kept = self._registry
        self.requests = Counter(
            "tallystick_requests", "Answers by route and status", ["route", "status"], registry=kept
        )
        self.seconds = Histogram(
            "tallystick_request_seconds", "Time to the whole answer", ["route"], buckets=_SECONDS, registry=kept
        )
        self.kept = Counter("tallystick_documents_kept", "Documents given as they were made before", registry=kept)
        self.made = Counter("tallystick_documents_made", "Documents made", registry=kept)
        self.shed = Counter("tallystick_requests_shed", "Requests turned away, by reason", ["because"], registry=kept)
        self._defects = Counter("tallystick_defects", "Requests that met a defect of ours", registry=kept)
        self._met: list[str] = []
        self.releases = Counter("tallystick_releases_landed", "Releases recorded while the server ran", registry=kept)
        self.editions = Counter("tallystick_editions", "Editions put in force while the server ran", registry=kept)
        self.making = Gauge("tallystick_documents_being_made", "Documents being made or waiting to be", registry=kept)
        self.talking = Gauge("tallystick_conversations", "Conversations being answered or waiting", registry=kept)
        self.past = Gauge(
            "tallystick_past_days_waiting", "Past days being put together or waiting to be", registry=kept
        )
        self.bytes = Gauge("tallystick_documents_kept_bytes", "What documents kept take in memory", registry=kept)
        self.listeners = Gauge("tallystick_listeners", "Connections that follow the news", registry=kept)
        self.age = Gauge("tallystick_edition_age_seconds", "Since when the Edition is in force here", registry=kept)

    def defect(self, kind: str) -> None:
        """Count a request that met a defect of ours; of it only the kind of error is kept."""
        self._defects.inc()
        self._met.append(kind)

    @property
    def defects(self) -> int:
        """How many requests met a defect of ours since the server began."""
        return len(self._met)

    @property
    def last_defect(self) -> str:
        """The kind of error of the last of them; '' where there was none."""
        return self._met[-1] if self._met else ""

    def told(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self._registry)
