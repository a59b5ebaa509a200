// The gallery: every message and view there is, drawn as the sandbox draws them, with what a notification says and the JSON.

import { el, replace } from "./element.js";
import { exhibit } from "./exhibit.js";
import { announce } from "./toast.js";
import { workspace } from "./workspace.js";

const main = document.getElementById("pictures");
const wished = new URLSearchParams(location.search);
let asked = 0; // an answer to an older question is not shown

async function ask(start) {
  const query = new URLSearchParams(wished);
  query.set("start", start);
  const answer = await fetch(`/gallery/pictures?${query}`, { cache: "no-store" });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

/** The renderer asks a workspace for names and times. Nobody is in this one. */
const nobody = (app) => ({
  now: Date.now() / 1000, users: [], channels: [], messages: {}, commands: [], team: { id: "", name: "" },
  app: { name: app, bot_user_id: "APP" },
});

async function look() {
  asked += 1;
  const question = asked;
  main.setAttribute("aria-busy", "true");
  const answer = await ask(0).catch((wrong) => ({ findings: [unreachable(wrong)] }));
  if (question !== asked) return;
  main.removeAttribute("aria-busy");
  if (answer.findings) return toMend(answer.findings);
  workspace.state = nobody(answer.app);
  workspace.receivedAt = performance.now();
  document.title = `${answer.app} gallery`;
  choices(answer);
  replace(main, answer.notes.length > 0 && list("Before a release", answer.notes), answer.pictures.length === 0 && el("p", { class: "opening" }, "Nothing like that is in the gallery."));
  hang(answer, 0);
}

function hang(answer, start) {
  main.append(...answer.pictures.map(exhibit));
  const shown = start + answer.pictures.length;
  announce(`${shown} shown${answer.more ? ", and more below" : ""}.`);
  if (!answer.more) return;
  const more = el("button", { type: "button", class: "button primary solid more", on: { click: async () => {
    more.setAttribute("aria-busy", "true");
    const next = await ask(shown).catch((wrong) => ({ findings: [unreachable(wrong)] }));
    more.remove();
    if (next.findings) return toMend(next.findings);
    const last = main.lastElementChild;
    hang(next, shown);
    last.nextElementSibling?.querySelector("h2").focus();
  } } }, `Show more than these ${shown}`);
  main.append(more);
}

const unreachable = (wrong) => ({ file: "", line: null, what: `The gallery is not answering (${wrong.message}).`, remedy: "Is it still running? Start it again, and reload." });

/** Broken words: what is wrong, where, and the remedy, in place of the pictures. */
function toMend(findings) {
  replace(main, list("The words cannot be shown yet", findings), el("button", { type: "button", class: "button primary solid more", on: { click: () => location.reload() } }, "Reload"));
  document.title = "To mend · gallery";
  announce(findings.length === 1 ? "One thing to mend." : `${findings.length} things to mend.`);
}

const list = (title, findings) => el(
  "section", { class: "findings" }, el("h2", {}, title),
  el("ol", {}, findings.map((one) => el(
    "li", {}, one.file && el("code", {}, one.line ? `${one.file}:${one.line}` : one.file), el("p", {}, one.what), el("p", { class: "remedy" }, one.remedy)))));

function choices(answer) {
  if (document.getElementById("wishes")) return;
  const spoken = (name) => name.replaceAll("_", " ");
  document.getElementById("top").append(
    el("form", { id: "wishes", class: "wishes", on: { submit: (event) => event.preventDefault() } },
      menu("room", "Show", [["", "Everything"], ...answer.rooms.map((one) => [one, one])]),
      menu("stage", "Stage", [["", "Any"], ...answer.stages.map((one) => [one, spoken(one)])]),
      menu("language", "Language", answer.languages.map((one) => [one, one]), answer.language),
      tick("every", "Every state", "Also what only repeats words that are shown already")));
}

function menu(name, label, options, now = "") {
  const chosen = wished.get(name) || now;
  const pick = el("select", { id: `wish-${name}`, on: { change: () => wish(name, pick.value) } }, options.map(([value, words]) => el("option", { value, selected: value === chosen }, words)));
  return el("span", { class: "wish" }, el("label", { for: pick.id }, label), pick);
}

function tick(name, label, title) {
  const box = el("input", { type: "checkbox", checked: Boolean(wished.get(name)), on: { change: () => wish(name, box.checked ? "1" : "") } });
  return el("label", { class: "wish", title }, box, label);
}

/** The address keeps what is looked at, so that a reload or a link shows the same. */
function wish(name, value) {
  if (value) wished.set(name, value);
  else wished.delete(name);
  history.replaceState(null, "", wished.size ? `?${wished}` : location.pathname);
  look();
}

look();
