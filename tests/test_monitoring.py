"""The example dashboard and alert rules ask for what the bot really counts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.metrics import Metrics

MONITORING = Path(__file__).parent.parent / "docs" / "monitoring"
# What a scrape makes of a histogram, and what others count.
SUFFIXES = ("", "_bucket", "_count", "_sum")
NOT_OURS = {"up", "process_resident_memory_bytes", "process_cpu_seconds_total"}
NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\bup\b")
WORDS = {"histogram_quantile"}


def counted() -> dict[str, set[str]]:
    """Every name a query may ask for, and the labels it has."""
    return {
        f"{name}{suffix}": {*labels, "instance", "le"}
        for name, kind, _, labels in Metrics().families()
        for suffix in (SUFFIXES if kind == "histogram" else ("",))
    }


def queries() -> list[str]:
    dashboard = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
    rules = re.findall(r"^\s+expr: (.+)$", (MONITORING / "alerts.yml").read_text(encoding="utf-8"), flags=re.MULTILINE)
    shown = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    return [*shown, *rules]


@pytest.mark.parametrize("query", queries())
def test_every_metric_that_is_asked_for_is_counted(query: str) -> None:
    bare = re.sub(r'"[^"]*"', "", query)
    asked = set(NAME.findall(bare)) - NOT_OURS - WORDS
    assert asked <= counted().keys(), f"nobody counts {sorted(asked - counted().keys())}"


@pytest.mark.parametrize("query", queries())
def test_every_label_that_is_asked_for_is_there(query: str) -> None:
    named = set(re.findall(r"(\w+)=~?\"", query)) - {"job"}
    named |= {label.strip() for group in re.findall(r"by \(([^)]*)\)", query) for label in group.split(",")}
    labels = set().union(*(counted()[name] for name in counted() if name in query))
    assert named <= labels


def test_every_metric_is_on_the_dashboard() -> None:
    shown = (MONITORING / "dashboard.json").read_text(encoding="utf-8")
    missing = [name for name, *_ in Metrics().families() if name not in shown]
    assert not missing, f"not on the dashboard: {missing}"


def test_no_metric_can_name_a_person() -> None:
    labels = {label for *_, labels in Metrics().families() for label in labels}
    assert labels <= {"kind", "outcome", "method", "error", "check"}
