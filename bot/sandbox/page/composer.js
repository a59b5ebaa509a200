// The message box: Enter sends, Shift+Enter breaks the line, a leading / is a command.

import { suggestCommands } from "./commands.js";
import { ask } from "./control.js";
import { el, icon } from "./element.js";
import { hangList } from "./popup.js";
import { explain, toast } from "./toast.js";
import { refreshSoon, workspace } from "./workspace.js";

const MOST_PX = 160;

/** setup: {id, label, target() → {channel, thread_ts?}, sent?(text)}; the channel "app" is the app's DM, opened if need be. A composer with a thread_ts refuses commands, as Slack does. */
export function composer(setup) {
  const problem = el("p", { class: "composer-problem", role: "alert", hidden: true });
  const box = el("textarea", { id: setup.id, rows: 1, placeholder: setup.label, "aria-label": setup.label, spellcheck: "true" });
  const send = el("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send" }, icon("send"));
  const frame = el("form", { class: "composer", novalidate: true }, el("div", { class: "composer-row" }, setup.inThread ? null : shortcuts(), box, send));
  const commands = setup.inThread ? null : suggestCommands(box, frame);
  const complain = (words) => {
    problem.textContent = words || "";
    problem.hidden = !words;
  };
  const submit = async () => {
    const text = box.value.trim();
    if (!text) return;
    const refusal = setup.inThread && text.startsWith("/") && `${text.split(/\s/)[0]} is not supported in threads. Sorry!`;
    complain(refusal);
    if (refusal) return;
    clear(box);
    frame.setAttribute("aria-busy", "true");
    const answer = await say(setup.target(), text);
    frame.removeAttribute("aria-busy");
    refreshSoon();
    if (answer.ok) return setup.sent?.(text);
    if (!box.value) box.value = text; // a message that did not go out is not lost
    complain(failure(text, answer.error));
  };
  box.addEventListener("keydown", (event) => {
    if (commands?.keydown(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  box.addEventListener("input", () => {
    complain("");
    fit(box);
    commands?.update();
  });
  frame.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  return { node: el("div", { class: "composer-host" }, problem, frame), box, fill: (text) => fill(box, text) };
}

function say({ channel, thread_ts }, text) {
  return thread_ts ? ask("say", { as: workspace.me, text, channel, thread_ts }) : ask("type", { as: workspace.me, text, channel });
}

function failure(text, error) {
  const command = text.split(/\s/)[0];
  if (error === "unknown_command") {
    return `${command} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.`;
  }
  return text.startsWith("/") ? `${command} failed with the error “${error}”. ${explain(error).replace(`${error}: `, "")}` : `Not sent. ${explain(error)}`;
}

function fill(box, text) {
  box.value = text;
  box.focus();
  box.setSelectionRange(text.length, text.length);
  box.dispatchEvent(new Event("input"));
}

function clear(box) {
  box.value = "";
  box.dispatchEvent(new Event("input"));
}

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, MOST_PX)}px`;
}

function shortcuts() {
  const button = el("button", { type: "button", class: "icon-button", "aria-label": "Shortcuts", title: "Shortcuts" }, icon("bolt"));
  hangList(button, "menu", () => workspace.state.shortcuts.filter((one) => one.type !== "message").map((one) => ({
    label: one.name, note: one.description,
    pick: async () => {
      const answer = await ask("shortcut", { as: workspace.me, callback_id: one.callback_id });
      if (!answer.ok) toast(`${one.name} failed. ${explain(answer.error)}`, { kind: "bad" });
      refreshSoon();
    },
  })));
  return button;
}
