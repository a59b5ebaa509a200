// One small list that hangs from a button: select menus, overflow menus and the shortcuts use it.

import { el, freshId } from "./element.js";

const GAP = 4;

/**
 * Make button open a list. items(): [{label, note?, href?, group?, selected?, pick}]. role is "listbox" (one of these) or "menu" (do this).
 */
export function hangList(button, role, items) {
  button.setAttribute("aria-haspopup", role);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => openList(button, role, items()));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    openList(button, role, items());
  });
}

function openList(button, role, items) {
  const itemRole = role === "listbox" ? "option" : "menuitem";
  const list = el("div", { class: "popup", role, id: freshId("list"), popover: "manual", "aria-label": button.getAttribute("aria-label") || button.textContent });
  const shut = (refocus) => {
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", away);
    list.remove();
    button.setAttribute("aria-expanded", "false");
    if (refocus) button.focus();
  };
  const away = () => shut(false);
  const outside = (event) => list.contains(event.target) || shut(false);
  for (const [at, item] of items.entries()) {
    if (item.group && item.group !== items[at - 1]?.group) list.append(el("div", { class: "popup-group", role: "presentation" }, item.group));
    list.append(row(item, itemRole, () => { shut(true); item.pick(); }));
  }
  list.addEventListener("keydown", (event) => steer(event, list, shut));
  button.closest("dialog, main, aside").append(list); // inside its landmark; the top layer draws it above all
  list.showPopover();
  place(list, button);
  button.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", away);
  (list.querySelector("[aria-selected=true]") || list.querySelector(".popup-item"))?.focus();
}

function row(item, role, pick) {
  return el(
    "button",
    { type: "button", class: "popup-item", role, tabindex: "-1", "aria-selected": role === "option" ? String(Boolean(item.selected)) : null, on: { click: pick } },
    el("span", {}, item.label), item.note && el("span", { class: "popup-note" }, item.note));
}

function place(list, button) {
  const anchor = button.getBoundingClientRect();
  const below = window.innerHeight - anchor.bottom;
  const up = below < list.offsetHeight + GAP && anchor.top > below;
  list.style.minWidth = `${Math.min(anchor.width, 320)}px`;
  list.style.top = `${Math.max(GAP, up ? anchor.top - list.offsetHeight - GAP : anchor.bottom + GAP)}px`;
  list.style.left = `${Math.max(GAP, Math.min(anchor.left, window.innerWidth - list.offsetWidth - GAP))}px`;
}

function steer(event, list, shut) {
  const rows = [...list.querySelectorAll(".popup-item")];
  const at = rows.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  if (event.key in moves) {
    event.preventDefault();
    rows[(moves[event.key] + rows.length) % rows.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation(); // Escape closes the list, not the thread behind it
    shut(true);
  } else if (event.key.length === 1 && /\S/.test(event.key)) {
    rows.find((one) => one.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
}
