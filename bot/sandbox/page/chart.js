// data_visualization as a table with bars: the same numbers for eyes and for screen readers, whatever the chart's type.

import { el } from "./element.js";

export function chart(block) {
  const { chart: drawn } = block;
  const rows = drawn.type === "pie" ? pieRows(drawn) : seriesRows(drawn);
  const most = Math.max(...rows.flatMap((row) => row.values.map(Math.abs)), 1);
  const names = drawn.type === "pie" ? [""] : drawn.series.map((series) => series.name);
  const head = el("tr", {}, el("th", { scope: "col" }, drawn.axis_config?.x_label || ""), names.map((name) => el("th", { scope: "col" }, name || "Value")));
  return el(
    "table", { class: "chart" }, el("caption", {}, block.title), el("thead", {}, head),
    el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.label), row.values.map((value) => cell(value, most))))));
}

const pieRows = (drawn) => drawn.segments.map((segment) => ({ label: segment.label, values: [segment.value] }));

const seriesRows = (drawn) => drawn.axis_config.categories.map((label) => ({
  label, values: drawn.series.map((series) => series.data.find((point) => point.label === label)?.value ?? 0),
}));

function cell(value, most) {
  const bar = el("span", { class: "bar", "aria-hidden": "true" });
  bar.style.width = `${(Math.abs(value) / most) * 70}%`;
  return el("td", {}, bar, String(value));
}
