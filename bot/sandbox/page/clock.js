// The bar on top: the workspace's own time, and the buttons that move it.

import { ask } from "./control.js";
import { confirmFirst } from "./dialog.js";
import { el, replace } from "./element.js";
import { toggleInspector } from "./inspector.js";
import { explain, toast } from "./toast.js";
import { moment } from "./times.js";
import { nameOf, now, refresh, startOver, workspace, zone } from "./workspace.js";

const MOVES = [["+1 h", "Move the clock one hour", { advance: "1h" }], ["Next check-in", "Move the clock to the next planned message", { next: true }],
  ["+1 day", "Move the clock one day", { advance: "1d" }], ["+1 week", "Move the clock one week", { advance: "7d" }]];

const STILL_S = 5; // the clock ticks on while the bot answers

let face = null;

export function drawClock() {
  if (!face) build();
  const words = moment(now(), zone());
  if (face.textContent !== words) face.textContent = words;
  face.dateTime = new Date(now() * 1000).toISOString();
  face.title = `${nameOf(workspace.me)}’s time${zone() ? ` (${zone()})` : ""}`;
  document.getElementById("zone").textContent = (zone() || "").split("/").at(-1).replaceAll("_", " ");
}

function build() {
  face = el("time", { class: "face" });
  const button = (words, title, click) => el("button", { type: "button", class: "button clock-button", title, on: { click: (event) => click(event.currentTarget) } }, words);
  replace(
    document.getElementById("top"),
    el("span", { class: "sandbox-mark", title: "A pretend workspace on this computer" }, "Sandbox"),
    el("div", { class: "clock", role: "group", "aria-label": "Sandbox clock" },
      el("span", { class: "now" }, face, " ", el("span", { id: "zone", class: "zone" })),
      el("div", { class: "moves" }, MOVES.map(([words, title, move]) => button(words, title, (node) => moveClock(move, node))), button("Reset", "Start over with a fresh workspace", reset))),
    button("Inspector", "What the bot and the workspace say to each other", toggleInspector));
  const inspect = document.getElementById("top").lastElementChild;
  inspect.id = "inspector-toggle";
  inspect.setAttribute("aria-expanded", "false");
  inspect.setAttribute("aria-controls", "inspector");
  setInterval(() => workspace.state && drawClock(), 1000);
}

export async function moveClock(move, node) {
  if (node?.getAttribute("aria-busy")) return false;
  node?.setAttribute("aria-busy", "true");
  const before = now();
  const answer = await ask("clock", move);
  node?.removeAttribute("aria-busy");
  if (answer.ok) await refresh();
  tell(move, answer, before);
  return answer.ok;
}

function tell(move, answer, before) {
  if (!answer.ok) return toast(`The clock did not move. ${explain(answer.error)}`, { kind: "bad" });
  if (move.next && !answer.next_due && answer.now - before < STILL_S) return toast("Nothing is planned.");
  const next = answer.next_due ? `Next planned message: ${moment(answer.next_due, zone())}.` : "Nothing more is planned.";
  toast(`It is now ${moment(answer.now, zone())}. ${next}`);
}

async function reset(node) {
  const sure = await confirmFirst({
    title: "Start over?", text: "Every message of this sandbox goes, and the clock returns to the present.", yes: "Start over", no: "Keep it", danger: true });
  if (!sure) return;
  node.setAttribute("aria-busy", "true");
  const answer = await ask("reset", {});
  node.removeAttribute("aria-busy");
  if (!answer.ok) return toast(`Reset failed. ${explain(answer.error)}`, { kind: "bad" });
  startOver();
  location.hash = "";
  await refresh();
}
