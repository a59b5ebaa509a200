// The shell of every dialog. The browser's own <dialog> keeps Tab inside, makes the rest inert, closes on Escape and gives focus back.

import { append, el, freshId, iconButton } from "./element.js";

/** closed("escape" | "cross") runs when the person wants to leave; it closes the shell, or not. Closing by code is silent. */
export function openDialog({ title, body, footer, closed, kind = "" }) {
  const heading = freshId("dialog");
  const opener = document.activeElement;
  const dialog = el(
    "dialog", { class: `dialog ${kind}`, "aria-labelledby": heading, "aria-modal": "true" },
    el("header", { class: "dialog-head" }, el("h2", { id: heading }, title), iconButton("close", "Close", () => closed?.("cross"))),
    body, footer);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    closed?.("escape");
  });
  document.body.append(dialog);
  dialog.showModal();
  focusFirst(dialog);
  return { dialog, close: () => shut(dialog, opener) };
}

function shut(dialog, opener) {
  dialog.close();
  dialog.remove();
  // The opener may have been redrawn meanwhile: then its twin, else the message box, takes the keyboard.
  if (opener?.isConnected && opener !== document.body) return opener.focus();
  const name = opener?.dataset?.focus;
  const twin = name && [...document.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === name);
  (twin || document.getElementById("composer"))?.focus();
}

export function focusFirst(dialog) {
  const field = dialog.querySelector(".dialog-body :is(input, textarea, select, button):not([disabled])");
  (field || dialog.querySelector("footer button:last-of-type") || dialog).focus();
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
