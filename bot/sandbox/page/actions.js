// What a person does to a button or a menu, sent to the bot through the control API.

import { ask } from "./control.js";
import { confirmFirst } from "./dialog.js";
import { textObject } from "./mrkdwn.js";
import { placeOf } from "./links.js";
import { explain, toast } from "./toast.js";
import { refreshSoon, workspace } from "./workspace.js";

/** What the control API would find an element by, first come first served: see hands/finding.py. */
const namesOf = (block, element) => [
  element.action_id, element.accessibility_label, element.text?.text, element.placeholder?.text, block.label?.text, block.block_id].filter(Boolean);

const elementsIn = (block) => [block.accessory, block.element, ...(block.elements || [])].filter((one) => one?.action_id);

/**
 * Slack tells elements apart by block and action; the control API goes by one name. Where an action id stands twice on the same
 * surface (four cards, four Done buttons), the first name nothing above it shares is sent. Null: rather nothing than the wrong button.
 */
function nameFor(place, element) {
  const all = place.blocks.flatMap((block) => elementsIn(block).map((one) => ({ one, names: namesOf(block, one) })));
  const at = all.findIndex(({ one }) => one === element);
  if (at < 0) return element.label || element.action_id; // half of a feedback pair: its words say which
  return all[at].names.find((name) => !all.slice(0, at).some(({ names }) => names.includes(name))) || null;
}

/** place: {surface, blocks, block_id, channel?, ts?, view_id?, chosen?, tell?()} says where the element stands. */
const address = (place, element) => {
  const found = { as: workspace.me, label: nameFor(place, element), action_id: element.action_id, block_id: place.block_id };
  for (const key of ["channel", "ts", "view_id"]) if (place[key]) found[key] = place[key];
  return found;
};

export async function press(place, element, control) {
  if (!(await agreed(element.confirm))) return;
  follow(element.url);
  await place.tell?.(); // a press in a modal carries what the form holds so far
  await send("press", { ...address(place, element), value: element.value }, control);
}

export async function choose(place, element, option, control) {
  if (!(await agreed(element.confirm))) return false;
  await place.tell?.();
  return send("choose", { ...address(place, element), option }, control);
}

function agreed(ask_first) {
  if (!ask_first) return true;
  const words = (object) => textObject(object);
  return confirmFirst({
    title: words(ask_first.title), text: words(ask_first.text), yes: words(ask_first.confirm), no: words(ask_first.deny),
    danger: ask_first.style === "danger",
  });
}

/** A link on a button or in an overflow menu; Slack opens it and tells the bot as well. */
export function follow(url) {
  if (!url) return;
  const place = placeOf(url);
  if (place) location.hash = place;
  else if (/^(https?|mailto|tel):/i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
}

async function send(action, body, control) {
  if (!body.label) return void toast("The sandbox cannot tell this one from another of the same name. Give it its own block_id.", { kind: "bad" });
  control?.setAttribute("aria-busy", "true");
  const answer = await ask(action, body);
  control?.removeAttribute("aria-busy");
  if (!answer.ok) toast(`That did not work. ${explain(answer.error)}`, { kind: "bad" });
  refreshSoon();
  return answer.ok;
}
