// The middle of the page: a channel, or the app with its tabs Home and Messages.

import { drawBlocks } from "./blocks.js";
import { composer } from "./composer.js";
import { ask } from "./control.js";
import { fillLog, messageLog } from "./conversation.js";
import { el, iconButton, replace } from "./element.js";
import { hint, hintDone } from "./hint.js";
import { avatar } from "./message.js";
import { conversation, hashOf, route } from "./route.js";
import { showSidebar } from "./sidebar.js";
import { copyTranscript } from "./transcript.js";
import { look, nameOf, parents, refreshSoon, roomName, views, workspace } from "./workspace.js";

let shown = null; // {key, log, composer, home, at}

export function drawRoom() {
  const at = route();
  if (at.kind === "scene") return;
  const key = [workspace.me, workspace.state.team.id, workspace.state.installed, hashOf(at)].join(" ");
  if (shown?.key !== key) open(at, key);
  if (shown.home) return drawHome();
  const place = conversation(at);
  if (shown.about) shown.about.textContent = `${place.members.length} members${place.is_private && !place.is_mpim ? " · private" : ""}`;
  fillLog(shown.log, place ? parents(place.id) : [], { channel: place?.id, top: opening(at, place) });
  if (place && document.visibilityState === "visible") look(place.id);
}

export const mainComposer = () => shown?.composer;

function open(at, key) {
  const main = document.getElementById("main");
  const app = at.kind === "app";
  const place = conversation(at);
  const name = app ? workspace.state.app.name : roomName(place);
  const about = app ? null : el("span", { class: "room-about" });
  const head = el(
    "header", { class: "room-head" }, iconButton("menu", "Show the sidebar", () => showSidebar(true), { class: "icon-button only-narrow" }),
    app && avatar(name, true), el("h1", {}, name), about,
    !(app && at.tab === "home") && el("button", { type: "button", class: "button quiet end", on: { click: copyTranscript } }, "Copy transcript"));
  shown = { key, at, about };
  if (app && at.tab === "home") {
    shown.home = el("div", { class: "home", id: "tab-panel", role: "tabpanel", tabindex: "0", "aria-label": "Home" });
    replace(main, head, tabs("home"), shown.home);
    return void tell("home");
  }
  if (app) tell("messages");
  shown.log = messageLog(app ? `Messages with ${name}` : `Messages in ${name}`);
  shown.composer = composer({
    id: "composer", label: `Message ${name}`, target: () => ({ channel: conversation(at)?.id || "app" }),
    sent: (text) => text.startsWith("/") && (hintDone(), main.querySelector(".hint")?.remove()),
  });
  const panel = app ? { id: "tab-panel", role: "tabpanel", "aria-label": "Messages" } : {};
  replace(main, head, app && tabs("messages"), el("div", { class: "talk", ...panel }, shown.log, workspace.state.installed ? hint(shown.composer.fill) : notInstalled(), shown.composer.node));
}

/** Slack tells the app which of its tabs somebody opened. */
const tell = (tab) => ask("open_home", { as: workspace.me, tab }).then(refreshSoon);

function tabs(current) {
  const tab = (name, words) => el(
    "a", { role: "tab", href: `#/app/${name}`, "aria-selected": String(name === current), "aria-controls": name === current ? "tab-panel" : null, tabindex: name === current ? "0" : "-1" }, words);
  const list = el("div", { class: "tabs", role: "tablist", "aria-label": `${workspace.state.app.name} tabs` }, tab("home", "Home"), tab("messages", "Messages"));
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    location.hash = `#/app/${current === "home" ? "messages" : "home"}`;
    setTimeout(() => document.querySelector("[role=tab][aria-selected=true]")?.focus());
  });
  return list;
}

function notInstalled() {
  const { app, install_address: address, team } = workspace.state;
  const lead = address && el("a", { class: "button primary", href: `${address}` }, `Add ${app.name}`);
  return el("div", { class: "hint", role: "note" }, el("p", {}, `${app.name} is not installed in ${team.name}.`), lead);
}

/** What stands above the first message, so that an empty conversation is not a blank. */
function opening(at, place) {
  const { app } = workspace.state;
  const words = at.kind === "app"
    ? `This is the beginning of ${nameOf(workspace.me)}’s direct messages with ${app.name}. Nobody else in the workspace sees them.`
    : `This is the beginning of ${place.is_mpim ? `your messages with ${roomName(place, "conjunction")}` : roomName(place)}.`;
  return { signature: words, draw: () => el("p", { class: "opening" }, words) };
}

function drawHome() {
  const { home } = views();
  const signature = JSON.stringify([home?.id, home?.hash, home?.blocks, workspace.me]);
  if (shown.signature === signature) return;
  shown.signature = signature;
  const held = shown.home.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const place = { surface: "home", view_id: home?.id, chosen: home?.state?.values };
  const nothing = el("p", { class: "opening" }, `${workspace.state.app.name} has not drawn a Home for ${nameOf(workspace.me)} yet.`);
  replace(shown.home, home ? el("div", { class: "home-blocks" }, drawBlocks(home.blocks, place)) : nothing);
  if (held) [...shown.home.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === held)?.focus();
}
