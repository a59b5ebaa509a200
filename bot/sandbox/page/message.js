// One message: who, when, what, and the door to its thread.

import { body } from "./blocks.js";
import { el, icon } from "./element.js";
import { emoji } from "./emoji.js";
import { openThread } from "./route.js";
import { ago, dayKey, full, time } from "./times.js";
import { isApp, nameOf, now, replies, workspace, zone } from "./workspace.js";

const TOGETHER_S = 300; // Slack folds the name away when the same person goes on within five minutes

export function avatar(name, app = false) {
  const hue = [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6;
  return el("span", { class: `avatar ${app ? "app" : `hue-${hue}`}`, "aria-hidden": "true" }, [...name][0]?.toUpperCase() || "?");
}

/** An item for patchList; before is the message above it. where: {channel, inThread}. */
export function messageItem(message, before, where) {
  const folded = Boolean(before) && before.user === message.user && !message.ephemeral_to && !before.ephemeral_to
    && Number(message.ts) - Number(before.ts) < TOGETHER_S && !before.reply_count
    && dayKey(Number(before.ts), zone()) === dayKey(Number(message.ts), zone());
  const answers = where.inThread ? [] : replies(where.channel, message.ts);
  // What was chosen in it is on the screen already: redrawing for that would pull a menu from under the hand.
  const signature = JSON.stringify([{ ...message, values: null }, folded, answers.length, workspace.me, dayKey(now(), zone())]);
  return { key: message.ts, signature, draw: () => draw(message, folded, answers, where) };
}

function draw(message, folded, answers, where) {
  const name = nameOf(message.user);
  const at = Number(message.ts);
  const stamp = el("time", { class: "stamp", datetime: new Date(at * 1000).toISOString(), title: full(at, zone()) }, time(at, zone()));
  const place = { surface: "message", channel: where.channel, ts: message.ts, still: where.still, chosen: message.values?.[workspace.me] };
  return el(
    "article", { class: `message${folded ? " folded" : ""}${message.ephemeral_to ? " ephemeral" : ""}`, "aria-label": `${name}, ${time(at, zone())}` },
    folded ? stamp : avatar(name, isApp(message)),
    el("div", { class: "message-main" },
      message.ephemeral_to && el("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      !folded && el("header", { class: "message-head" }, el("strong", { class: "who" }, name), isApp(message) && el("span", { class: "badge" }, "App"), stamp),
      el("div", { class: "message-body" }, body(message, place)),
      message.reactions && el("p", { class: "reactions" }, message.reactions.map((one) => el("span", {}, emoji(`:${one.name}:`), ` ${one.count}`))),
      message.edited && el("span", { class: "edited" }, "(edited)"),
      answers.length > 0 && threadLink(message, answers, where)));
}

function threadLink(message, answers, where) {
  const words = answers.length === 1 ? "1 reply" : `${answers.length} replies`;
  const faces = [...new Set(answers.map((one) => one.user))].slice(0, 3);
  const app = new Set(answers.filter(isApp).map((one) => one.user));
  return el(
    "button", { type: "button", class: "thread-link", "data-focus": `${message.ts} replies`, on: { click: () => openThread(where.channel, message.ts) } },
    el("span", { class: "faces" }, faces.map((id) => avatar(nameOf(id), app.has(id)))),
    el("span", { class: "count" }, words), " ", el("span", { class: "last" }, `Last reply ${ago(Number(answers.at(-1).ts), now())}`));
}
