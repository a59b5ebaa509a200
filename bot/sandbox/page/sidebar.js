// The left side: whose eyes these are, the channels, the app.

import { el, icon, iconButton, replace } from "./element.js";
import { goToWorkspace } from "./control.js";
import { avatar } from "./message.js";
import { coverUp } from "./cover.js";
import { hashOf, route } from "./route.js";
import { appDm, chooseActor, nameOf, people, redraw, roomName, rooms, unread, workspace } from "./workspace.js";

const ROLES = { member: "Members", coach: "Coach", admin: "Admin" };

export function showSidebar(open) {
  document.body.classList.toggle("sidebar-open", open);
  coverUp();
  if (open) document.getElementById("act-as")?.focus();
}

let drawn = "";

export function drawSidebar() {
  const at = hashOf(route());
  const place = (room) => ({ href: `#/c/${room.id}`, name: room.is_mpim ? roomName(room) : room.name, locked: room.is_private, count: unread(room) });
  const places = rooms().filter((room) => !room.is_mpim).map(place);
  const groups = rooms().filter((room) => room.is_mpim).map(place);
  const app = { href: "#/app/messages", count: unread(appDm()) };
  document.title = `${app.count ? "• " : ""}${workspace.state.app.name} sandbox`;
  const signature = JSON.stringify([at, places, groups, app, workspace.me, workspace.state.users, workspace.state.team, workspace.state.workspaces]);
  if (signature === drawn) return; // an open picker must not be pulled away under the pointer
  drawn = signature;
  const nav = document.getElementById("sidebar");
  const held = nav.contains(document.activeElement) ? document.activeElement.id || document.activeElement.getAttribute("href") : null;
  replace(
    nav, el("header", { class: "team" }, teamName(), iconButton("close", "Hide the sidebar", () => showSidebar(false), { class: "icon-button only-narrow" })),
    actors(),
    el("h2", { id: "channels-title" }, "Channels"),
    el("ul", { "aria-labelledby": "channels-title" }, places.map((one) => row(one, at, one.locked ? icon("lock") : el("span", { class: "sign", "aria-hidden": "true" }, "#")))),
    groups.length > 0 && [el("h2", { id: "groups-title" }, "Group messages"),
      el("ul", { "aria-labelledby": "groups-title" }, groups.map((one) => row(one, at, icon("people"))))],
    el("h2", { id: "apps-title" }, "Apps"),
    el("ul", { "aria-labelledby": "apps-title" },
      row({ ...app, name: workspace.state.app.name }, at.startsWith("#/app/messages") ? app.href : at, avatar(workspace.state.app.name, true)),
      row({ href: "#/app/home", name: "App Home", count: 0 }, at, icon("home"))),
    workspace.state.pages.length > 0 && el("ul", { class: "pages", "aria-label": "Other pages" }, workspace.state.pages.map((page) => row({ href: page.path, name: page.title, count: 0 }, at, icon("eye")))),
    el("p", { class: "sidebar-foot" }, "A pretend workspace on this computer. Nothing here reaches Slack."));
  if (held) (document.getElementById(held) || nav.querySelector(`a[href="${held}"]`))?.focus();
}

/** A name, or a list to choose from when the app can be in several workspaces. */
function teamName() {
  const { team, workspaces } = workspace.state;
  if (workspaces.length < 2) return el("strong", {}, team.name);
  const options = workspaces.map((one) => el("option", { value: one.id, selected: one.id === team.id }, one.installed ? one.name : `${one.name} (app not installed)`));
  const pick = el("select", { id: "workspace", "aria-label": "Workspace", on: { change: () => goToWorkspace(pick.value) } }, options);
  return pick;
}

function row(place, at, mark) {
  const here = place.href === at;
  return el(
    "li", {}, el("a", { href: place.href, class: place.count ? "unread" : null, "aria-current": here ? "page" : null, on: { click: () => showSidebar(false) } },
      mark, el("span", { class: "row-name" }, place.name),
      place.count > 0 && [el("span", { class: "dot", "aria-hidden": "true" }), el("span", { class: "unseen" }, ` ${place.count} unread`)]));
}

function actors() {
  const groups = Object.entries(ROLES).map(([role, label]) => {
    const list = people().filter((one) => one.role === role);
    return list.length > 0 && el("optgroup", { label }, list.map((one) => el("option", { value: one.id, selected: one.id === workspace.me }, nameOf(one.id))));
  });
  const pick = el("select", { id: "act-as", on: { change: () => { chooseActor(pick.value); redraw(); } } }, groups);
  return el("div", { class: "actor" }, el("label", { for: "act-as" }, "Act as"), pick);
}
