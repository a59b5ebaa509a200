"""data_visualization: pie, bar, area and line charts (docs changelog of 2026-06-16; no class in the SDK yet)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit.checks import Place, Row, items_of, many, number, one_of, shape, string, typed, unlike

MOST_SERIES = 6
_VALUE = number(whole=False)


def _above_zero(value: Any, place: Place) -> Iterator[str]:
    yield from _VALUE(value, place)
    if isinstance(value, int | float) and value <= 0:
        yield place.says("must be greater than 0")


def _every_category_once(chart: Mapping[str, Any], place: Place) -> Iterator[str]:
    axis = chart.get("axis_config")
    categories = axis.get("categories") if isinstance(axis, Mapping) else None
    if not isinstance(categories, list):
        return
    for index, series in enumerate(items_of(chart.get("series", ()))):
        labels = [point.get("label") for point in items_of(series.get("data", ()))]
        if sorted(map(str, labels)) != sorted(map(str, categories)):
            yield place.at("series").at(index).at("data").says("must have each category exactly once")


_SEGMENT = shape({"label": string(20), "value": _above_zero})
_POINT = shape({"label": string(20), "value": _VALUE})
_SERIES = shape({"name": string(20), "data": many(_POINT, 20)})
_AXES = shape(
    {"categories": many(string(20), 20)}, {"x_label": string(50), "y_label": string(50)},
    unlike(lambda axis: axis.get("categories") or (), "category"),
)  # fmt: skip
_drawn = Row(
    {"type": one_of("bar", "area", "line"), "series": many(_SERIES, MOST_SERIES), "axis_config": _AXES}, {},
    (_every_category_once, unlike(lambda chart: [s.get("name") for s in items_of(chart.get("series", ()))], "series")),
)  # fmt: skip
_pie = Row({"type": one_of("pie"), "segments": many(_SEGMENT, MOST_SERIES)})
CHART = typed(lambda: {"pie": _pie, "bar": _drawn, "area": _drawn, "line": _drawn})
