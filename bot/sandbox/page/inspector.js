// The drawer with every request of both directions, as JSON.

import { coverUp } from "./cover.js";
import { el, iconButton, patchList, replace } from "./element.js";
import { time } from "./times.js";
import { workspace, zone } from "./workspace.js";

const WAYS = { to_slack: ["→ Slack", "The bot called Slack"], to_bot: ["→ bot", "Slack called the bot"] };
let list = null;
let filter = "";

const pane = () => document.getElementById("inspector");

export function toggleInspector() {
  const open = pane().hidden;
  pane().hidden = !open;
  document.body.classList.toggle("inspector-open", open);
  const toggle = document.getElementById("inspector-toggle");
  toggle.setAttribute("aria-expanded", String(open));
  coverUp();
  if (!open) return toggle.focus();
  build();
  drawInspector();
  pane().querySelector("h2").focus();
}

function build() {
  list = el("div", { class: "journal", role: "region", "aria-label": "Requests, newest first", tabindex: "0" });
  const find = el("input", { type: "search", class: "input", placeholder: "Filter, e.g. chat.postMessage", "aria-label": "Filter requests", on: { input: () => { filter = find.value.toLowerCase(); drawInspector(); } }, value: filter });
  replace(pane(), el("header", { class: "room-head" }, el("h2", { tabindex: "-1" }, "Inspector"), iconButton("close", "Close inspector", toggleInspector, { class: "icon-button end" })), find, list);
}

export function drawInspector() {
  if (pane().hidden) return;
  const rows = workspace.state.journal.filter((entry) => !filter || JSON.stringify([entry.what, entry.request, entry.response]).toLowerCase().includes(filter));
  const items = rows.reverse().map((entry) => ({ key: String(entry.n), signature: JSON.stringify(entry), draw: () => row(entry) }));
  if (!items.length) items.push({ key: "none", signature: filter, draw: () => el("p", { class: "opening" }, filter ? "No request matches." : "Nothing was said yet.") });
  patchList(list, items);
}

function row(entry) {
  const [way, meaning] = WAYS[entry.direction] || [entry.direction, ""];
  const failed = entry.response?.ok === false || entry.status === null || entry.status >= 400;
  const status = entry.response?.error || (entry.status ?? "no answer");
  // JSON is made only when somebody looks: two hundred bodies on every redraw would be felt.
  const details = el(
    "details", { class: failed ? "bad" : "" },
    el("summary", {}, el("span", { class: `way ${entry.direction}`, title: meaning }, way), el("span", { class: "what" }, entry.what), el("span", { class: "status" }, String(status)),
      el("time", { class: "stamp" }, time(entry.at, zone()))));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(json("Request", entry.request), json("Response", entry.response));
  });
  return details;
}

const json = (title, value) => el("div", {}, el("h3", {}, title), el("pre", { tabindex: "0", "aria-label": title }, value === null || value === undefined ? "—" : typeof value === "string" ? value : JSON.stringify(value, null, 2)));
