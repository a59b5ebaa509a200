// The pane on the right: one thread and its own message box.

import { composer } from "./composer.js";
import { coverUp } from "./cover.js";
import { fillLog, messageLog } from "./conversation.js";
import { el, iconButton, replace } from "./element.js";
import { closeThread, conversation, route } from "./route.js";
import { findMessage, replies, roomName, workspace } from "./workspace.js";

let shown = null; // {key, log, opener}

export function drawThread() {
  const at = route();
  const place = conversation(at);
  const parent = place && at.thread && findMessage(place.id, at.thread);
  if (!parent) return hide();
  const key = [workspace.me, place.id, parent.ts].join(" ");
  if (shown?.key !== key) open(key, at, place, parent);
  fillLog(shown.log, [parent, ...replies(place.id, parent.ts)], { channel: place.id, inThread: true });
  if (shown.fresh) settle(shown.log);
  shown.fresh = false;
}

/** A thread is read from its top, but the newest reply, what there is to do, must not lie below the edge. */
function settle(log) {
  log.scrollTop = 0;
  log.lastElementChild.scrollIntoView({ block: "nearest" });
}

function open(key, at, place, parent) {
  const pane = document.getElementById("thread");
  const where = at.kind === "app" ? workspace.state.app.name : roomName(place);
  const log = messageLog("Thread");
  const box = composer({ id: "thread-composer", label: "Reply…", inThread: true, target: () => ({ channel: place.id, thread_ts: parent.ts }) });
  const heading = el("h2", { tabindex: "-1" }, "Thread ", el("span", { class: "room-about" }, where));
  const opener = pane.hidden ? document.activeElement : shown?.opener;
  shown = { key, log, fresh: true, opener: opener?.dataset?.focus };
  replace(pane, el("header", { class: "room-head" }, heading, iconButton("close", "Close thread", closeThread, { class: "icon-button end" })), log, box.node);
  pane.hidden = false;
  document.body.classList.add("thread-open");
  heading.focus({ preventScroll: true });
}

function hide() {
  const pane = document.getElementById("thread");
  if (pane.hidden) return;
  const held = pane.contains(document.activeElement);
  pane.hidden = true;
  document.body.classList.remove("thread-open");
  coverUp(); // what the pane covered takes the keyboard again, before it is handed over
  replace(pane);
  const opener = [...document.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === shown?.opener);
  shown = null;
  if (held) (opener || document.getElementById("composer"))?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]") && route().thread) closeThread();
});
