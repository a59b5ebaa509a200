// The shell of every dialog. The browser's own <dialog> keeps Tab inside, makes the rest inert, closes on Escape and gives focus back.

import { append, el, freshId, iconButton } from "./element.js";

/** closed("escape" | "cross") runs when the person wants to leave; it closes the shell, or not. Closing by code is silent. */
export function openDialog({ title, body, footer, closed, kind = "" }) {
  const heading = freshId("dialog");
  const opener = document.activeElement;
  const pane = opener?.closest("aside, main"); // a thread repeats the message it hangs on
  const dialog = el(
    "dialog", { class: `dialog ${kind}`, "aria-labelledby": heading, "aria-modal": "true" },
    el("header", { class: "dialog-head" }, el("h2", { id: heading, tabindex: "-1" }, title), iconButton("close", "Close", () => closed?.("cross"))),
    body, footer);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (event.cancelable) closed?.("escape");
  });
  // At a second Escape in a row the browser closes it without asking. Here, too, whoever opened it decides.
  dialog.addEventListener("close", () => {
    if (!dialog.isConnected) return;
    dialog.showModal();
    closed?.("escape");
  });
  document.body.append(dialog);
  dialog.showModal();
  focusFirst(dialog);
  return { dialog, close: () => shut(dialog, opener, pane) };
}

function shut(dialog, opener, pane) {
  dialog.close();
  dialog.remove();
  // The opener may have been redrawn meanwhile: then its twin, else the message box, takes the keyboard.
  if (opener?.isConnected && opener !== document.body) return opener.focus();
  const name = opener?.dataset?.focus;
  const twins = [...document.querySelectorAll("[data-focus]")].filter((one) => name && one.dataset.focus === name);
  const twin = twins.find((one) => pane?.contains(one)) || twins[0];
  (twin || document.getElementById("composer"))?.focus();
}

export function focusFirst(dialog) {
  const body = dialog.querySelector(".dialog-body");
  const field = body.querySelector(":is(input, textarea, select, button):not([disabled])");
  // Below a long text it would scroll the text away: that is read first, from its heading.
  const isBelow = field && field.getBoundingClientRect().bottom > body.getBoundingClientRect().bottom;
  (isBelow ? dialog.querySelector("h2") : field || dialog.querySelector("footer button:last-of-type") || dialog).focus();
}

/** A question with two answers; resolves to true only for yes. */
export function confirmFirst({ title, text, yes, no, danger }) {
  return new Promise((resolve) => {
    let shell = null;
    const answer = (value) => () => {
      shell.close();
      resolve(value);
    };
    const footer = el(
      "footer", { class: "dialog-foot" },
      el("button", { type: "button", class: "button", on: { click: answer(false) } }, no),
      el("button", { type: "button", class: `button ${danger ? "danger" : "primary"} solid`, on: { click: answer(true) } }, yes));
    const body = append(el("div", { class: "dialog-body" }), [text]);
    shell = openDialog({ title, body, footer, closed: answer(false), kind: "confirm" });
  });
}
