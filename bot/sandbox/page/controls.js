// Block elements that act at once: buttons, menus, pickers. What waits for Submit is in inputs.js.

import { choose, follow, press } from "./actions.js";
import { el, freshId, icon } from "./element.js";
import { placeOf } from "./links.js";
import { plain, textObject } from "./mrkdwn.js";
import { hangList } from "./popup.js";
import { localOf, unixOf } from "./times.js";
import { channel, nameOf, people, rooms, workspace, zone } from "./workspace.js";

const SETTLE_MS = 900; // a date typed part by part changes several times before it is meant

const DRAWN = {
  button, overflow, workflow_button: button, icon_button: iconElement, feedback_buttons: feedback,
  static_select: select, users_select: select, conversations_select: select, channels_select: select, external_select: select,
  multi_static_select: many, multi_users_select: many, multi_channels_select: many, multi_conversations_select: many, checkboxes: many,
  radio_buttons: radios, datepicker: picker("date", "initial_date"), timepicker: picker("time", "initial_time"),
  datetimepicker: picker("datetime-local", "initial_date_time"),
};

export const canDraw = (element) => element.type in DRAWN;
export const control = (element, place) => DRAWN[element.type](element, place);

/** Finds the same control again after its message was redrawn. Blocks without an id get a new one each time, so theirs says nothing. */
export const focusName = (element, place) => [place.ts || place.view_id, element.action_id, element.value].join(" ");

function button(element, place) {
  const label = element.accessibility_label;
  const node = el(
    "button",
    { type: "button", class: `button ${element.style || ""}`, "aria-label": label, "data-focus": focusName(element, place),
      on: { click: () => node.getAttribute("aria-busy") || press(place, element, node) } },
    plain(element.text.text, element.text),
    element.url && !placeOf(element.url) && el("span", { class: "unseen" }, " (opens in a new tab)"));
  return node;
}

function iconElement(element, place) {
  const node = el(
    "button", { type: "button", class: "icon-button", title: element.text?.text, "aria-label": element.accessibility_label || element.text?.text || element.icon,
      "data-focus": focusName(element, place), on: { click: () => press(place, element, node) } }, icon("trash"));
  return node;
}

function feedback(element, place) {
  const pair = [["positive_button", "👍"], ["negative_button", "👎"]];
  return el("div", { class: "choices" }, pair.map(([key, sign]) => element[key] && button(
    { ...element[key], action_id: element.action_id, label: element[key].text.text, text: { text: `${sign} ${element[key].text.text}` } }, place)));
}

function overflow(element, place) {
  const node = el("button", { type: "button", class: "icon-button bordered", "aria-label": "More actions", "data-focus": focusName(element, place) }, icon("more"));
  hangList(node, "menu", () => element.options.map((option) => ({
    label: plain(option.text.text, option.text), note: option.description && plain(option.description.text, option.description),
    pick: () => {
      if (!place.still) follow(option.url);
      choose(place, element, option.value, node);
    },
  })));
  return node;
}

/** Every option of a menu as {value, text, note, group}, whatever kind of menu it is. */
export function optionsOf(element) {
  const flat = (options, group) => (options || []).map((option) => ({
    value: option.value, text: plain(option.text.text, option.text), note: option.description && plain(option.description.text, option.description), group, raw: option,
  }));
  if (element.type.includes("users")) return people().map((one) => ({ value: one.id, text: nameOf(one.id) }));
  if (element.type.includes("channels") || element.type.includes("conversations")) return rooms().map((one) => ({ value: one.id, text: `#${one.name}` }));
  if (element.option_groups) return element.option_groups.flatMap((group) => flat(group.options, plain(group.label.text, group.label)));
  return flat(element.options);
}

/** What a surface holds for one element ({selected_option: …} and the like) as plain values; undefined where it holds nothing yet. */
export function heldIn(values, block_id, action_id) {
  const held = values?.[block_id]?.[action_id];
  if (!held) return undefined;
  const [value] = Object.entries(held).filter(([name]) => name !== "type").map(([, one]) => one);
  const bare = (one) => (one && typeof one === "object" ? one.value : one);
  return Array.isArray(value) ? value.map(bare) : bare(value);
}

/** The choice shown first: what the person chose here before, else what the app proposes. */
function firstChoice(element, place) {
  const held = heldIn(place.chosen, place.block_id, element.action_id);
  return held === undefined ? initialOf(element) : [held].flat().filter((one) => one !== null && one !== undefined);
}

export function initialOf(element) {
  const ids = ["user", "channel", "conversation"].map((kind) => element[`initial_${kind}`] || element[`initial_${kind}s`]);
  return [element.initial_option?.value, (element.initial_options || []).map((option) => option.value), ids].flat(2).filter(Boolean);
}

const wordsOf = (value) => (channel(value) ? `#${channel(value).name}` : workspace.state.users.some((one) => one.id === value) ? nameOf(value) : value);

function select(element, place) {
  const options = optionsOf(element);
  let chosen = firstChoice(element, place)[0];
  const waiting = plain(element.placeholder?.text || "Choose an option", element.placeholder);
  const words = el("span", {});
  const node = el("button", { type: "button", class: "button select", "data-focus": focusName(element, place) }, words, icon("down"));
  const show = () => {
    const option = options.find((one) => one.value === chosen);
    words.textContent = option ? option.text : chosen ? wordsOf(chosen) : waiting;
    node.setAttribute("aria-label", option ? `${waiting}: ${option.text}` : waiting);
  };
  show();
  hangList(node, "listbox", () => options.map((option) => ({
    label: option.text, note: option.note, group: option.group, selected: option.value === chosen,
    pick: async () => {
      const before = chosen;
      chosen = option.value;
      show();
      if (await choose(place, element, option.value, node)) return;
      chosen = before;
      show();
    },
  })));
  return node;
}

function many(element, place) {
  const chosen = new Set(firstChoice(element, place));
  return el("fieldset", { class: "choices column" }, el("legend", { class: "unseen" }, element.placeholder?.text || "Choose any"), optionsOf(element).map((option) => {
    const box = el("input", { type: "checkbox", value: option.value, checked: chosen.has(option.value), "data-focus": `${focusName(element, place)} ${option.value}`, on: { change: async () => {
      chosen[box.checked ? "add" : "delete"](option.value);
      if (!(await choose(place, element, [...chosen], box))) box.checked = !box.checked;
    } } });
    return choiceRow(box, option);
  }));
}

function radios(element, place) {
  const name = freshId("radio");
  const first = firstChoice(element, place)[0];
  return el("fieldset", { class: "choices column" }, el("legend", { class: "unseen" }, "Choose one"), optionsOf(element).map((option) => {
    const dot = el("input", { type: "radio", name, value: option.value, checked: option.value === first, "data-focus": `${focusName(element, place)} ${option.value}`,
      on: { change: () => choose(place, element, option.value, dot) } });
    return choiceRow(dot, option);
  }));
}

export const choiceRow = (input, option) => el(
  "label", { class: "choice" }, input,
  el("span", {}, option.raw ? textObject(option.raw.text) : option.text, option.raw?.description && el("span", { class: "choice-note" }, textObject(option.raw.description))));

function picker(type, initial) {
  return (element, place) => {
    let timer = 0;
    const held = heldIn(place.chosen, place.block_id, element.action_id);
    const first = (held === undefined ? element[initial] : held) || "";
    let sent = type === "datetime-local" && first ? localOf(Number(first), zone()) : first;
    const commit = () => {
      clearTimeout(timer);
      if (!node.value || node.value === sent) return;
      sent = node.value;
      choose(place, element, type === "datetime-local" ? unixOf(sent, zone()) : sent, node);
    };
    const label = plain(element.placeholder?.text || `Choose a ${type === "time" ? "time" : "date"}`, element.placeholder);
    const node = el("input", {
      type, class: "picker", "aria-label": label, title: label, value: sent, "data-focus": focusName(element, place),
      on: { change: () => { clearTimeout(timer); timer = setTimeout(commit, SETTLE_MS); }, blur: commit, keydown: (event) => event.key === "Enter" && commit() },
    });
    return node;
  };
}
