// The open conversation as plain text, threads indented under their parents: for a note, a bug report, a review of the words.

import { body } from "./blocks.js";
import { el } from "./element.js";
import { openDialog } from "./dialog.js";
import { conversation } from "./route.js";
import { moment } from "./times.js";
import { toast } from "./toast.js";
import { nameOf, now, parents, replies, roomName, workspace, zone } from "./workspace.js";

const APART = new Set(["P", "DIV", "H2", "BLOCKQUOTE", "PRE", "LI", "TR", "FIGURE", "FIGCAPTION", "FIELDSET"]);

export function transcript() {
  const place = conversation();
  const name = place?.is_im ? `${workspace.state.app.name} (direct message)` : place && roomName(place);
  const head = `${name}, ${workspace.state.team.name} sandbox, as seen by ${nameOf(workspace.me)}, ${moment(now(), zone())}`;
  const told = (place ? parents(place.id) : []).flatMap((parent) => [entry(parent, place), ...replies(place.id, parent.ts).map((one) => indent(entry(one, place)))]);
  return [head, ...told].join("\n\n");
}

function entry(message, place) {
  const only = message.ephemeral_to ? " (only visible to you)" : "";
  const words = el("div", {}, body(message, { surface: "message", channel: place.id, ts: message.ts }));
  return `${moment(Number(message.ts), zone())}  ${nameOf(message.user)}${only}\n${textOf(words).replace(/\n{2,}/g, "\n").trim()}`;
}

const indent = (text) => text.replace(/^/gm, "    ");

function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (node.tagName === "HR") return "\n---\n";
  if (node.tagName === "IMG") return `[${node.alt}]`;
  if (node.tagName === "INPUT") return node.checked ? "[x] " : node.type === "checkbox" || node.type === "radio" ? "[ ] " : `[${node.getAttribute("aria-label")}]`;
  const inner = [...node.childNodes].map(textOf).join("");
  if (node.tagName === "BUTTON") return ` [${(inner || node.getAttribute("aria-label")).trim()}]`;
  return APART.has(node.tagName) ? `\n${inner}\n` : inner;
}

export async function copyTranscript() {
  const text = transcript();
  try {
    await navigator.clipboard.writeText(text);
    toast("Transcript copied.");
  } catch {
    byHand(text); // no permission, or an old browser: show it, ready to copy
  }
}

function byHand(text) {
  const box = el("textarea", { class: "input", rows: 14, readonly: true, "aria-label": "Transcript", value: text });
  const shell = openDialog({ title: "Transcript", body: el("div", { class: "dialog-body" }, box), closed: () => shell.close() });
  box.select();
}
