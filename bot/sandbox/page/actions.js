// What a person does to a button or a menu, sent to the bot through the control API.

import { ask } from "./control.js";
import { confirmFirst } from "./dialog.js";
import { textObject } from "./mrkdwn.js";
import { placeOf } from "./links.js";
import { explain, toast } from "./toast.js";
import { refreshSoon, workspace } from "./workspace.js";

/** place: {surface, block_id, channel?, ts?, view_id?, chosen?, still?, tell?()} says where the element stands. */
const address = (place, element) => {
  const found = { as: workspace.me, action_id: element.action_id, block_id: place.block_id };
  for (const key of ["channel", "ts", "view_id"]) if (place[key]) found[key] = place[key];
  return found;
};

export async function press(place, element, control) {
  if (!(await agreed(element.confirm))) return;
  if (place.still) return onlyAPicture();
  follow(element.url);
  await place.tell?.(); // a press in a modal carries what the form holds so far
  await send("press", { ...address(place, element), value: element.value }, control);
}

export async function choose(place, element, option, control) {
  if (!(await agreed(element.confirm))) return false;
  if (place.still) return void onlyAPicture();
  await place.tell?.();
  return send("choose", { ...address(place, element), option }, control);
}

/** In the gallery menus open, so that their options can be read, and nothing happens. */
const onlyAPicture = () => toast("A picture: nothing was sent.");

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
  control?.setAttribute("aria-busy", "true");
  const answer = await ask(action, body);
  control?.removeAttribute("aria-busy");
  if (!answer.ok) toast(`That did not work. ${explain(answer.error)}`, { kind: "bad" });
  refreshSoon();
  return answer.ok;
}
