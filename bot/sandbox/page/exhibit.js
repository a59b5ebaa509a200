// One picture of the gallery: its name, the thing itself, the words of its notification, its JSON.

import { drawBlocks } from "./blocks.js";
import { el } from "./element.js";
import { messageItem } from "./message.js";
import { plain } from "./mrkdwn.js";
import { now, workspace } from "./workspace.js";

const DRAWN = { modal, home: (view) => el("div", { class: "home" }, drawBlocks(view.blocks, { surface: "home", still: true })) };

const spoken = (title) => (title.charAt(0).toUpperCase() + title.slice(1)).replaceAll("_", " ");

export function exhibit(picture) {
  const { payload } = picture;
  const draw = DRAWN[payload.type] || message;
  const kind = payload.type || (picture.ephemeral ? "ephemeral message" : "message");
  return el(
    "article", { class: "exhibit" },
    el("header", {}, el("h2", { tabindex: "-1" }, spoken(picture.title)), el("p", { class: "kind" }, `${picture.room} · ${kind}`)),
    el("div", { class: "canvas" }, draw(payload, picture)),
    picture.text !== null && notification(picture.text),
    json(payload));
}

function message(payload, picture) {
  const sent = { ...payload, ts: String(now()), user: workspace.state.app.bot_user_id, bot_id: "APP", ephemeral_to: picture.ephemeral || undefined };
  return messageItem(sent, null, { inThread: true, still: true }).draw();
}

/** A modal lies open on the page: no dialog, since many hang side by side. */
function modal(view) {
  const form = { typed: () => undefined, add: () => {} };
  const button = (words, look) => el("span", { class: `button ${look}` }, plain(words.text, words));
  return el(
    "div", { class: "dialog modal still" },
    el("header", { class: "dialog-head" }, el("h3", {}, plain(view.title.text, view.title))),
    el("div", { class: "dialog-body" }, drawBlocks(view.blocks, { surface: "modal", still: true }, form)),
    el("footer", { class: "dialog-foot" }, button(view.close || { text: view.submit ? "Cancel" : "Close" }, ""), view.submit && button(view.submit, "primary solid")));
}

const notification = (text) => el("div", { class: "notification" }, el("h3", {}, "Notification, and all that a screen reader hears"), el("p", {}, text));

function json(payload) {
  const details = el("details", {}, el("summary", {}, "JSON"));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(el("pre", { tabindex: "0", "aria-label": "JSON" }, JSON.stringify(payload, null, 2)));
  });
  return details;
}
