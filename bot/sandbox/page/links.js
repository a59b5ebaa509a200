// Links a message may carry: out to the web in a new tab, or a Slack deep link that leads to a place on this page.

import { el } from "./element.js";
import { workspace } from "./workspace.js";

const SAFE = ["http:", "https:", "mailto:", "tel:"];

function parse(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** The page's own address for a Slack deep link, or null when it leads elsewhere. */
export function placeOf(address) {
  const url = parse(address);
  if (!url) return null;
  const archive = /\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?$/.exec(url.pathname);
  if (archive && (isSlack(url) || url.host === location.host)) return conversation(archive, url);
  if (url.protocol === "slack:") return slackScheme(url);
  if (isSlack(url) && url.pathname.startsWith("/app_redirect")) return redirect(url.searchParams);
  return null;
}

const isSlack = (url) => url.hostname === "slack.com" || url.hostname.endsWith(".slack.com");

function conversation([, id, seconds, micros], url) {
  const thread = url.searchParams.get("thread_ts") || (seconds && threaded(id, `${seconds}.${micros}`));
  const dm = workspace.state.channels.find((one) => one.id === id)?.is_im;
  return `${dm ? "#/app/messages" : `#/c/${id}`}${thread ? `/${thread}` : ""}`;
}

// A permalink to a message that has replies: Slack opens the conversation; the thread beside it is what was meant.
const threaded = (id, ts) => ((workspace.state.messages[id] || []).some((one) => one.thread_ts === ts && one.ts !== ts) ? ts : null);

function slackScheme(url) {
  const kind = url.host || url.pathname.replace(/^\/+/, "");
  if (kind === "app") return url.searchParams.get("tab") === "home" ? "#/app/home" : "#/app/messages";
  if (kind === "channel") return conversation([null, url.searchParams.get("id")], url);
  if (kind === "user") return "#/app/messages"; // the only person a bot's link can open here is the app itself
  return null;
}

function redirect(query) {
  if (query.get("channel")) return `#/c/${query.get("channel")}`;
  return query.get("tab") === "home" ? "#/app/home" : "#/app/messages";
}

export function link(address, children, attributes = {}) {
  const place = placeOf(address);
  if (place) return el("a", { href: place, ...attributes }, children);
  // javascript:, data: and friends stay words.
  if (!SAFE.includes(parse(address)?.protocol)) return el("span", {}, children);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...attributes }, children);
}
