// Short notes at the edge of the page, and the unseen line that only screen readers get.

import { el } from "./element.js";

const SHOWN_MS = 6000;

export function toast(words, { kind = "calm" } = {}) {
  const note = el("p", { class: `toast ${kind}` }, words);
  calmGo();
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

/** What was so a moment ago only covers the page, once somebody goes on. */
const calmGo = () => document.querySelectorAll(".toast.calm").forEach((one) => one.remove());
for (const going of ["pointerdown", "keydown", "hashchange"]) window.addEventListener(going, calmGo, true);

export function announce(words) {
  document.getElementById("news").textContent = words;
}

const EXPLAINED = {
  operation_timeout: "the bot did not answer within 3 seconds",
  dispatch_failed: "the bot could not be reached or answered with an error",
  sandbox_unreachable: "the sandbox is not answering. Is it still running?",
};

/** Slack names only the code; a sandbox may say what it means. */
export const explain = (error) => (EXPLAINED[error] ? `${error}: ${EXPLAINED[error]}` : String(error || "no reason given"));
