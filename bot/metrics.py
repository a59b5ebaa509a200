"""What the bot counts about itself. Never a person: no label names a member, a thread, a company or a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

NOT_KNOWN = float("nan")


class Metrics:
    """The counters of one running bot, in a registry of its own so that tests can build many."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.requests = Counter(
            "onward_requests", "Requests from Slack (command, event, block_actions …), by kind and HTTP status",
            ["kind", "outcome"], registry=registry,
        )  # fmt: skip
        self.acknowledged = Histogram(
            "onward_acknowledgement_seconds", "Time until Slack had its answer", ["kind"], registry=registry,
            buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 3),
        )  # fmt: skip
        self.deliveries = Counter(
            "onward_deliveries", "Deliveries that ended, by kind and how", ["kind", "outcome"], registry=registry
        )
        self.lateness = Histogram(
            "onward_lateness_seconds", "Sent this long after it was due", ["kind"], registry=registry,
            buckets=(1, 5, 15, 60, 300, 3600, 86400),
        )  # fmt: skip
        self.slack_errors = Counter(
            "onward_slack_errors", "Calls of the Web API that failed, by method and Slack's code", ["method", "error"],
            registry=registry,
        )  # fmt: skip
        self._queue_age = Gauge(
            "onward_queue_age_seconds", "How long the oldest delivery that is due has been waiting", registry=registry
        )
        self._sweep_silence = Gauge(
            "onward_sweep_silence_seconds", "Since the sweep last ran to its end", registry=registry
        )
        self._ready = Gauge("onward_ready", "What /readyz says, 1 or 0 for each check", ["check"], registry=registry)

    def refused(self, method: str, error: str) -> None:
        """``error`` is Slack's code, or the name of what happened on the way."""
        self.slack_errors.labels(method, error).inc()

    def page(self, *, ready: Mapping[str, bool], queue_age: float | None, sweep_silence: float) -> bytes:
        """Prometheus' text, with what is true at this moment."""
        for check, fine in ready.items():
            self._ready.labels(check).set(fine)
        self._queue_age.set(NOT_KNOWN if queue_age is None else queue_age)
        self._sweep_silence.set(sweep_silence)
        return generate_latest(self._registry)

    def families(self) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
        """Each metric of ours: its name as it is written on the page, its type, what it says, its labels."""
        for metric in vars(self).values():
            if isinstance(metric, Counter | Gauge | Histogram):
                family = next(iter(metric.collect()))
                name = f"{family.name}_total" if isinstance(metric, Counter) else family.name
                yield name, family.type, family.documentation, tuple(metric._labelnames)
