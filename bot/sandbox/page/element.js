// The one way this page makes DOM: strings always become text nodes, so nothing a bot or a person wrote can become markup.

const SVG = "http://www.w3.org/2000/svg";

// Drawn here, so that the page needs no icon font and no request.
const ICONS = {
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z",
  close: "M3.5 3.5l9 9 M12.5 3.5l-9 9",
  send: "M2.5 8h9 M8 3.5 12.5 8 8 12.5",
  menu: "M2 4h12 M2 8h12 M2 12h12",
  more: "M3 7.5v1h1v-1Z M7.5 7.5v1h1v-1Z M12 7.5v1h1v-1Z",
  down: "M4 6l4 4 4-4",
  home: "M2.5 7.5 8 3l5.5 4.5 M4 7v6h8V7",
  bolt: "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8l1-5.5Z",
  copy: "M5.5 5.5h8v8h-8z M10.5 5.5v-3h-8v8h3",
  code: "M5.5 4 2 8l3.5 4 M10.5 4 14 8l-3.5 4",
  back: "M13 8H4 M7.5 3.5 3 8l4.5 4.5",
  again: "M13 8a5 5 0 1 1-1.6-3.7 M13.2 1.8v3h-3",
  lock: "M4 7.5h8v6H4z M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  people: "M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z M1.5 13.5a4.5 4.5 0 0 1 9 0 M10.5 3.2a2.5 2.5 0 0 1 0 4.6 M12 9.6a4.5 4.5 0 0 1 2.5 3.9",
  file: "M4 1.5h5.5L12.5 4.5v10H4z M9.5 1.5v3h3",
  trash: "M3 4.5h10 M6.5 4V2.5h3V4 M4.5 4.5l.7 9h5.6l.7-9",
};

/** el("button", {class: "x", on: {click}}, "label", node, null) */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(node, name, value);
  append(node, children);
  return node;
}

function set(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else if (name === "value" || name === "checked" || name === "selected" || name === "disabled") {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function replace(node, ...children) {
  node.textContent = "";
  return append(node, children);
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, click, attributes = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click }, ...attributes }, icon(name));
}

let counter = 0;

/** An id for label-for and aria-describedby pairs; unique on this page only. */
export function freshId(stem) {
  counter += 1;
  return `${stem}-${counter}`;
}

/**
 * Bring a container's children in line with items, redrawing only what changed: focus, open menus and half-made choices in
 * untouched messages survive each refresh, and a screen reader hears only what is new.
 */
export function patchList(container, items) {
  const old = new Map([...container.children].map((node) => [node.dataset.key, node]));
  let cursor = container.firstElementChild;
  for (const item of items) {
    const before = old.get(item.key);
    const node = before && before.signature === item.signature ? before : draw(item, before);
    old.delete(item.key);
    if (before && node !== before) {
      if (cursor === before) cursor = before.nextElementSibling;
      swap(before, node);
      if (node.nextElementSibling === cursor) continue;
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else container.insertBefore(node, cursor);
  }
  for (const node of old.values()) node.remove();
}

function draw(item) {
  const node = item.draw();
  node.dataset.key = item.key;
  node.signature = item.signature;
  return node;
}

/** A redrawn message keeps the keyboard where it was: on the same button, else on the message itself. */
function swap(before, node) {
  const held = before.contains(document.activeElement) ? document.activeElement.dataset.focus || "" : null;
  before.replaceWith(node);
  if (held === null) return;
  const same = held && [...node.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === held);
  if (same) return same.focus();
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
}
