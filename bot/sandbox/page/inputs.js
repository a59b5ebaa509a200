// Inputs that wait for Submit: each draws itself, reads its value and says what is wrong, as Slack's client does before it calls the app.

import { el, freshId } from "./element.js";
import { choiceRow, initialOf, optionsOf } from "./controls.js";
import { plain, textObject } from "./mrkdwn.js";
import { localOf, unixOf } from "./times.js";
import { zone } from "./workspace.js";

const KINDS = {
  plain_text_input: text, rich_text_input: text, email_text_input: line("email"), url_text_input: line("url"), number_input: line("number"),
  datepicker: line("date"), timepicker: line("time"), datetimepicker: line("datetime-local"),
  radio_buttons: group("radio"), checkboxes: group("checkbox"),
};

const LONGEST = 3000;

// The sentences of the control API (hands/validation.py), so that a person and a test read the same.
const SHAPES = {
  email_text_input: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "Please enter a valid email address."],
  url_text_input: [/^https?:\/\/[^\s/]+\S*$/, "Please enter a valid URL."],
  number_input: [/^-?\d+(\.\d+)?$/, "Please enter a valid number."],
};

/** An input block as {node, block_id, read(), problem(), showError(words)}; typed is what the person had before a redraw. */
export function inputBlock(block, { typed, changed }) {
  const { element } = block;
  const id = freshId("input");
  const many = element.type.startsWith("multi_");
  const kind = KINDS[element.type] || (many ? group("checkbox", "many") : menu);
  const grouped = many || ["radio_buttons", "checkboxes"].includes(element.type);
  const optional = block.optional ? el("span", { class: "optional" }, " (optional)") : null;
  const error = el("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const hint = block.hint && el("p", { class: "field-hint", id: `${id}-hint` }, textObject(block.hint));
  const about = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" ");
  const field = kind(element, { id, about, typed, required: !block.optional, changed });
  const label = el(grouped ? "legend" : "label", { class: "field-label", for: grouped ? null : id }, plain(block.label.text, block.label), optional);
  const node = el(grouped ? "fieldset" : "div", { class: "field", "aria-describedby": grouped ? about : null }, label, field.node, hint, error);
  const showError = (words) => {
    error.textContent = words || "";
    error.hidden = !words;
    node.classList.toggle("wrong", Boolean(words));
    for (const one of field.marks()) one.setAttribute("aria-invalid", String(Boolean(words)));
  };
  return {
    node, block_id: block.block_id, read: field.read, showError, focus: () => field.marks()[0]?.focus(),
    problem: () => problemOf(block, field.read()),
  };
}

function problemOf(block, value) {
  const { element } = block;
  const empty = value === null || value === "" || (Array.isArray(value) && !value.length);
  if (empty) return block.optional ? null : "Please complete this required field.";
  const [shape, words] = SHAPES[element.type] || [];
  if (shape && !shape.test(value)) return words;
  if (element.min_length && value.length < element.min_length) return `Please enter at least ${element.min_length} characters.`;
  const most = element.max_length || LONGEST;
  if (element.type === "plain_text_input" && value.length > most) return `Please enter no more than ${most} characters.`;
  return element.type === "number_input" ? numberProblem(element, Number(value)) : null;
}

function numberProblem(element, value) {
  if (!element.is_decimal_allowed && !Number.isInteger(value)) return "Please enter a valid number.";
  if (element.min_value !== undefined && value < Number(element.min_value)) return `Please enter a number of at least ${element.min_value}.`;
  if (element.max_value !== undefined && value > Number(element.max_value)) return `Please enter a number of at most ${element.max_value}.`;
  return null;
}

/** An input the person emptied stays empty, whatever the app proposed. */
const given = (setup, initial) => (setup.typed === undefined ? initial : setup.typed) ?? "";

const single = (node) => ({ node, read: () => node.value || null, marks: () => [node] });

function common(element, { id, about, required, changed }) {
  return {
    id, class: "input", "aria-describedby": about, "aria-required": String(required), on: { change: changed },
    placeholder: element.placeholder && plain(element.placeholder.text, element.placeholder),
  };
}

function text(element, setup) {
  const initial = given(setup, element.initial_value);
  const attributes = { ...common(element, setup), value: typeof initial === "string" ? initial : "" };
  if (!element.multiline && element.type !== "rich_text_input") return single(el("input", { type: "text", autocomplete: "off", ...attributes }));
  return single(el("textarea", { rows: 4, ...attributes }));
}

function line(type) {
  return (element, setup) => {
    const initial = given(setup, element.initial_value ?? element.initial_date ?? element.initial_time ?? element.initial_date_time);
    // Numbers, addresses and mail are checked by us, so that the words are the same in every browser.
    const plainType = ["date", "time", "datetime-local"].includes(type) ? type : "text";
    const node = el("input", { type: plainType, inputmode: { email: "email", url: "url", number: "decimal" }[type], ...common(element, setup), value: type === "datetime-local" && initial ? localOf(Number(initial), zone()) : String(initial) });
    const field = single(node);
    if (type === "datetime-local") field.read = () => (node.value ? unixOf(node.value, zone()) : null);
    return field;
  };
}

function menu(element, setup) {
  const chosen = given(setup, initialOf(element)[0]);
  const waiting = plain(element.placeholder?.text || "Choose an option", element.placeholder);
  const node = el("select", { ...common(element, setup), placeholder: null }, el("option", { value: "" }, waiting), optionTags(element, [chosen]));
  return single(node);
}

function optionTags(element, chosen) {
  const tag = (option) => el("option", { value: option.value, selected: chosen.includes(option.value) }, option.text);
  const groups = Map.groupBy ? Map.groupBy(optionsOf(element), (option) => option.group) : grouped(optionsOf(element));
  return [...groups].map(([name, options]) => (name ? el("optgroup", { label: name }, options.map(tag)) : options.map(tag)));
}

function grouped(options) {
  const groups = new Map();
  for (const option of options) groups.set(option.group, [...(groups.get(option.group) || []), option]);
  return groups;
}

/** Boxes to tick, also for a menu with several choices: a list of the browser's own asks for the Ctrl key. */
function group(type, look = "") {
  return (element, setup) => {
    const chosen = [given(setup, initialOf(element))].flat();
    const boxes = optionsOf(element).map((option) => [
      el("input", { type, name: setup.id, value: option.value, checked: chosen.includes(option.value), on: { change: setup.changed } }), option]);
    const rows = boxes.map(([box, option], at) => [
      option.group && option.group !== boxes[at - 1]?.[1].group && el("p", { class: "popup-group" }, option.group), choiceRow(box, option)]);
    const node = el("div", { class: `choices column ${look}` }, rows);
    const ticked = () => boxes.filter(([box]) => box.checked).map(([box]) => box.value);
    return { node, read: () => (type === "radio" ? ticked()[0] || null : ticked()), marks: () => boxes.map(([box]) => box) };
  };
}
