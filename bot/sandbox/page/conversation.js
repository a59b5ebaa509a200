// A list of messages with the days between them, and the habit of staying at its end.

import { el, patchList } from "./element.js";
import { messageItem } from "./message.js";
import { dayKey, dayLabel } from "./times.js";
import { now, zone } from "./workspace.js";

const NEAR_END_PX = 80;

/** A new log for each conversation: a screen reader then hears what is added to it, not what was there. */
export function messageLog(label) {
  const log = el("div", { class: "log", role: "log", "aria-label": label, tabindex: "0" });
  let tall = 0;
  // The inspector takes half the height away: whoever was at the end stays there.
  new ResizeObserver(() => {
    if (tall && log.scrollHeight - log.scrollTop - tall < NEAR_END_PX) log.scrollTop = log.scrollHeight;
    tall = log.clientHeight;
  }).observe(log);
  return log;
}

/** where: {channel, inThread, top?} — top is what stands above the first message. */
export function fillLog(log, messages, where) {
  const stay = log.childElementCount === 0 || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
  const items = [];
  if (where.top) items.push({ key: "top", signature: where.top.signature, draw: where.top.draw });
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const day = dayKey(Number(message.ts), zone());
    const newDay = !before || dayKey(Number(before.ts), zone()) !== day;
    if (newDay && !where.inThread) items.push(dayItem(day, Number(message.ts)));
    const alone = where.inThread ? index < 2 : newDay; // under a line there is nobody to be folded into
    items.push(messageItem(message, alone ? null : before, where));
    if (where.inThread && index === 0 && messages.length > 1) items.push(countItem(messages.length - 1));
  });
  const before = log.childElementCount;
  const acted = log.contains(document.activeElement) && document.activeElement !== log;
  patchList(log, items);
  // Whoever pressed something here sees what came of it, even from the middle of a long thread.
  if (acted && before && log.childElementCount > before) return log.lastElementChild.scrollIntoView({ block: "nearest" });
  if (stay) log.scrollTop = log.scrollHeight; // also when the last message has grown: its new buttons are what comes next
}

function dayItem(day, seconds) {
  const words = dayLabel(seconds, now(), zone());
  return { key: `day ${day}`, signature: words, draw: () => el("div", { class: "day", role: "separator", "aria-label": words }, el("span", { "aria-hidden": "true" }, words)) };
}

function countItem(count) {
  const words = count === 1 ? "1 reply" : `${count} replies`;
  return { key: "count", signature: words, draw: () => el("div", { class: "count-line" }, el("span", {}, words)) };
}
