"""What the bot counts about itself. Never a person: no label names a member, a thread or a company."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest


class Metrics:
    """The counters of one running bot, in a registry of its own so that tests can build many."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter("onward_requests", "Requests from Slack", ["kind", "outcome"], registry=self._registry)
        self.acknowledged = Histogram(
            "onward_acknowledgement_seconds", "Time until Slack had its answer", ["kind"], registry=self._registry
        )
        self.deliveries = Counter("onward_deliveries", "Deliveries", ["kind", "outcome"], registry=self._registry)
        self.lateness = Histogram(
            "onward_lateness_seconds", "Sent this long after it was due", ["kind"], registry=self._registry,
            buckets=(1, 5, 15, 60, 300, 3600, 86400),
        )  # fmt: skip
        self.slack_errors = Counter("onward_slack_errors", "Refusals", ["method", "error"], registry=self._registry)

    def page(self) -> bytes:
        return generate_latest(self._registry)
