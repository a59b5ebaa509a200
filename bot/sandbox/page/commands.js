// The list of slash commands above a composer: arrows move, Tab or Enter takes one, Escape puts it away.

import { el, freshId, replace } from "./element.js";
import { announce } from "./toast.js";
import { workspace } from "./workspace.js";

/**
 * Hangs on a textarea. A textarea may not be a combobox (ARIA in HTML), so that the list is open is announced instead. Returns keydown(event) → true when the list used the key, and update().
 */
export function suggestCommands(box, host) {
  const list = el("div", { class: "suggestions", role: "listbox", id: freshId("commands"), "aria-label": "Commands", hidden: true });
  host.prepend(list);
  let found = [];
  let at = 0;
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);

  const mark = () => {
    [...list.querySelectorAll("[role=option]")].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    box.setAttribute("aria-activedescendant", `${list.id}-${at}`);
  };
  const hide = () => {
    found = [];
    list.hidden = true;
    box.removeAttribute("aria-activedescendant");
  };
  const take = (command) => {
    box.value = `${command.command} `;
    hide();
    box.focus();
    box.dispatchEvent(new Event("input"));
  };
  const update = () => {
    const typed = /^\/\S*$/.test(box.value) ? box.value.toLowerCase() : null;
    found = typed ? workspace.state.commands.filter((one) => one.command.startsWith(typed)) : [];
    if (!found.length) return hide();
    at = Math.min(at, found.length - 1);
    replace(list, found.map((command, index) => row(command, `${list.id}-${index}`, () => take(command))));
    if (list.hidden) announce(found.length === 1 ? "1 command. Tab takes it." : `${found.length} commands. Arrows choose, Tab takes one.`);
    list.hidden = false;
    mark();
  };
  const keydown = (event) => {
    if (list.hidden || event.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = (at + step + found.length) % found.length;
      mark();
    } else if (event.key === "Tab" || (event.key === "Enter" && box.value !== found[at].command)) {
      take(found[at]);
    } else if (event.key === "Escape") {
      hide();
    } else {
      return false; // Enter on a whole command sends it: nothing is left to suggest
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  box.addEventListener("blur", () => setTimeout(hide, 150)); // a click on a row comes after the blur
  return { keydown, update };
}

function row(command, id, take) {
  return el(
    "div", { class: "suggestion", role: "option", id, "aria-selected": "false", on: { pointerdown: (event) => { event.preventDefault(); take(); } } },
    el("span", { class: "suggestion-name" }, command.command, " ", el("span", { class: "suggestion-usage" }, command.usage_hint || "")),
    el("span", { class: "suggestion-about" }, command.description || "", " · ", workspace.state.app.name));
}
