// Scenes by address: a link that sets the stage and leaves the first word to the person.

import { moveClock } from "./clock.js";
import { hashOf, route } from "./route.js";
import { mainComposer } from "./room.js";
import { nextWeekday } from "./times.js";
import { toast } from "./toast.js";
import { now, redraw, rooms, workspace, zone } from "./workspace.js";

const FRIDAY = 5;
const SCENES = { "friday-rejection": fridayRejection };

/** Runs the scene named in the address, once: the address then becomes that of the place it plays in. */
export async function playScene() {
  const at = route();
  if (at.kind !== "scene") return;
  const scene = SCENES[at.name];
  history.replaceState(null, "", hashOf({ kind: "channel", id: rooms()[0].id }));
  redraw();
  if (scene) await scene();
  else toast(`There is no scene called “${at.name}”.`, { kind: "bad" });
}

async function fridayRejection() {
  const when = nextWeekday(FRIDAY, 16, 40, now(), zone());
  await moveClock({ until: new Date(when * 1000).toISOString() });
  const command = workspace.state.commands.find((one) => one.command === "/rejected") || workspace.state.commands[0];
  if (command) mainComposer()?.fill(`${command.command} `);
}
