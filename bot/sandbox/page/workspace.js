// What the page knows: the last state, who acts, and simple questions about both. It draws nothing.

import { readState } from "./control.js";
import * as seen from "./seen.js";

const BURST_MS = 60; // a press makes several changes in a row: draw once for the burst, yet well within a second

const BACK_S = 60; // sandbox time never runs back: then somebody pressed Reset

export const workspace = { state: null, me: null };
const watchers = [];
let hiddenEphemerals = new Set();
let timer = 0;
let reading = null;
let again = false;

export const watch = (watcher) => watchers.push(watcher);
export const redraw = () => watchers.forEach((watcher) => watcher());

export function refreshSoon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, BURST_MS);
}

/** One request at a time; a change that arrives meanwhile asks once more. */
export function refresh() {
  if (reading) {
    again = true;
    return reading;
  }
  reading = readState().then(take, () => undefined).finally(() => {
    reading = null;
    if (!again) return;
    again = false;
    refreshSoon();
  });
  return reading;
}

function take(state) {
  const before = workspace.state;
  workspace.state = state;
  workspace.receivedAt = performance.now();
  // Slack forgets ephemeral messages on reload; so does this page: what was there when it opened stays hidden.
  if (!before) hiddenEphemerals = new Set(ephemerals(state));
  if (before && (state.seq < before.seq || state.now < before.now - BACK_S)) startOver();
  if (!workspace.me || !user(workspace.me)) chooseActor(sessionStorage.getItem("acting-as"));
  seen.begin(state.now);
  redraw();
}

/** Another workspace stands behind the same address (Reset): nothing remembered about the old one holds. */
export function startOver() {
  hiddenEphemerals = new Set();
  seen.forget();
}

const ephemerals = (state) => Object.values(state.messages).flat().filter((message) => message.ephemeral_to).map((message) => message.ts);

export const people = () => workspace.state.users.filter((one) => !one.is_bot && one.role !== "bot" && !one.deleted);

export function chooseActor(id) {
  const known = people().find((one) => one.id === id);
  workspace.me = (known || people().find((one) => one.role === "member") || people()[0])?.id;
  sessionStorage.setItem("acting-as", workspace.me);
}

export const user = (id) => workspace.state.users.find((one) => one.id === id);
export const channel = (id) => workspace.state.channels.find((one) => one.id === id);
export const zone = () => user(workspace.me)?.tz;
export const nameOf = (id) => {
  if (id === workspace.state.app.bot_user_id) return workspace.state.app.name;
  const one = user(id);
  return one ? one.real_name || one.name : id;
};
export const isApp = (message) => Boolean(message.bot_id) || message.user === workspace.state.app.bot_user_id;

/** Sandbox time runs on between two readings. */
export const now = () => workspace.state.now + (performance.now() - workspace.receivedAt) / 1000;

export const rooms = () => workspace.state.channels.filter(
  (one) => !one.is_im && !one.is_archived && one.members.includes(workspace.me));

/** "#general" for a channel; for a group DM who else is in it, "Alex, Onward" or "Alex and Onward". */
export const roomName = (room, type = "unit") => (room.is_mpim
  ? new Intl.ListFormat("en", { type }).format(room.members.filter((one) => one !== workspace.me).map(nameOf).sort())
  : `#${room.name}`);

/** The acting person's DM with the app: null until the app or the person opened it. */
export const appDm = () => workspace.state.channels.find((one) => one.is_im && one.user === workspace.me) || null;

const visible = (message) => !message.ephemeral_to
  || (message.ephemeral_to === workspace.me && !hiddenEphemerals.has(message.ts));

const messagesOf = (id) => (workspace.state.messages[id] || []).filter(visible);
export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;
export const parents = (id) => messagesOf(id).filter((message) => !isReply(message) || message.subtype === "thread_broadcast");
export const replies = (id, ts) => messagesOf(id).filter((message) => isReply(message) && message.thread_ts === ts);
export const findMessage = (id, ts) => messagesOf(id).find((message) => message.ts === ts);
export const views = () => workspace.state.views[workspace.me] || { modals: [], home: null };

export const newestTs = (id) => messagesOf(id).filter((message) => !message.ephemeral_to).at(-1)?.ts || "0";

/** How many messages of others came since the acting person last looked. */
export function unread(place) {
  if (!place) return 0;
  const since = seen.lookedUntil(workspace.me, place.id, place.is_im || place.is_mpim);
  return messagesOf(place.id).filter(
    (message) => !message.ephemeral_to && message.user !== workspace.me && Number(message.ts) > since).length;
}

export const look = (id) => seen.look(workspace.me, id, newestTs(id));
