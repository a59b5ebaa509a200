// The address after #: which conversation, tab or thread is open. The Back button works because this is the only memory of it.

import { appDm, channel, rooms } from "./workspace.js";

const NOWHERE = { kind: "none" };

/** {kind: "channel", id, thread} | {kind: "app", tab, thread} | {kind: "scene", name} */
export function route() {
  const [kind, what, thread] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (kind === "c" && channel(what)?.is_im) return { kind: "app", tab: "messages", thread };
  if (kind === "c" && rooms().some((one) => one.id === what)) return { kind: "channel", id: what, thread };
  if (kind === "app") return { kind: "app", tab: what === "home" ? "home" : "messages", thread: what === "home" ? undefined : thread };
  if (kind === "scene") return { kind: "scene", name: what };
  return rooms()[0] ? { kind: "channel", id: rooms()[0].id } : NOWHERE;
}

/** The conversation that the composer writes into, or null (Home; a DM nobody opened yet). */
export function conversation(at = route()) {
  if (at.kind === "channel") return channel(at.id);
  return at.kind === "app" && at.tab === "messages" ? appDm() : null;
}

export const hashOf = (at) => (at.kind === "channel" ? `#/c/${at.id}` : `#/app/${at.tab || "messages"}`);

export function openThread(channelId, ts) {
  location.hash = `${channel(channelId)?.is_im ? "#/app/messages" : `#/c/${channelId}`}/${ts}`;
}

export const closeThread = () => {
  location.hash = hashOf(route());
};
