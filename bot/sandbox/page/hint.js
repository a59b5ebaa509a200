// The first visit: what to type, and one click that types it.

import { el, iconButton } from "./element.js";
import { workspace } from "./workspace.js";

const KEY = "hint-done";

export const hintDone = () => localStorage.setItem(KEY, "yes");

/** null once the person has tried a command or waved the hint away. */
export function hint(fill) {
  const command = workspace.state.commands[0]?.command;
  if (!command || localStorage.getItem(KEY)) return null;
  const away = () => {
    hintDone();
    node.remove();
    document.getElementById("composer")?.focus();
  };
  const node = el(
    "section", { class: "hint", "aria-label": "How to begin" },
    el("p", {}, el("strong", {}, "New here? "), "Type ", el("code", {}, command), " in any channel. Only you will see the answer."),
    el("button", { type: "button", class: "button primary", on: { click: () => fill(`${command} `) } }, "Fill it in"),
    iconButton("close", "Hide this hint", away));
  return node;
}
