// Slack's mrkdwn, by hand, straight to DOM nodes. Anything it does not recognise stays the text it was.

import { el } from "./element.js";
import { emoji } from "./emoji.js";
import { link } from "./links.js";
import { slackDate } from "./times.js";
import { channel, nameOf, now, user, workspace, zone } from "./workspace.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const STYLES = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}_]/u;
const QUOTE = /^(?:>|&gt;) ?/;
const QUOTE_REST = /^(?:>>>|&gt;&gt;&gt;) ?/;

export const decode = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** A plain_text object: no styles and no links, only entities and, unless it says no, emoji names. Slack gives back null for a button that a view does not have. */
export function plain(text, object) {
  const words = decode(text || "");
  return object?.emoji ?? true ? emoji(words) : words;
}

/** A text object of either kind. */
export function textObject(object) {
  if (object.type === "mrkdwn") return mrkdwn(object.text, object);
  return [plain(object.text, object)];
}

/** With verbatim, an address that is not in <> stays words, as Slack has it. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const nodes = [];
  // Fences first: nothing inside them means anything.
  (text || "").split(/\n?```([\s\S]+?)```/).forEach((part, index) => {
    if (index % 2) nodes.push(el("pre", {}, decode(part.replace(/^\n|\n$/g, ""))));
    else nodes.push(...lines(beside(part, index), verbatim));
  });
  return nodes;
}

// A fence is a block of its own: the newlines that touch it are already drawn.
const beside = (part, index) => (index ? part.replace(/^\n/, "") : part);

function lines(text, verbatim) {
  const nodes = [];
  const all = text.split("\n");
  for (let at = 0; at < all.length; at += 1) {
    if (QUOTE_REST.test(all[at])) {
      all[at] = all[at].replace(QUOTE_REST, "");
      nodes.push(el("blockquote", {}, inline(all.slice(at).join("\n"), verbatim)));
      return nodes;
    }
    if (QUOTE.test(all[at])) {
      const quoted = [];
      while (at < all.length && QUOTE.test(all[at])) quoted.push(all[at++].replace(QUOTE, ""));
      nodes.push(el("blockquote", {}, inline(quoted.join("\n"), verbatim)));
      at -= 1;
      continue;
    }
    // A quote is a block of its own: the newline after it is already drawn.
    const newline = at < all.length - 1 && !QUOTE.test(all[at + 1]) ? "\n" : "";
    nodes.push(...inline(all[at], verbatim), newline);
  }
  return nodes;
}

function inline(text, verbatim) {
  const nodes = [];
  let run = "";
  const flush = () => {
    if (run) nodes.push(plain(run));
    run = "";
  };
  for (let at = 0; at < text.length;) {
    const found = code(text, at) || special(text, at) || styled(text, at, verbatim) || (!verbatim && bareAddress(text, at));
    if (!found) {
      run += text[at];
      at += 1;
      continue;
    }
    flush();
    nodes.push(...[found.node].flat());
    at = found.end;
  }
  flush();
  return nodes;
}

function code(text, at) {
  if (text[at] !== "`") return null;
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1 || text.slice(at, end).includes("\n")) return null;
  return { node: el("code", {}, decode(text.slice(at + 1, end))), end: end + 1 };
}

/** Bold, italic, strike: only at word boundaries, so that a*b*c and snake_case_names stay as written. */
function styled(text, at, verbatim) {
  const mark = text[at];
  if (!STYLES[mark] || isWord(text[at - 1]) || text[at - 1] === mark) return null;
  if (!text[at + 1] || /\s/.test(text[at + 1]) || text[at + 1] === mark) return null;
  for (let end = at + 2; end < text.length && text[end] !== "\n"; end += 1) {
    if (text[end] === "<") end = skipSpecial(text, end);
    if (text[end] !== mark || /\s/.test(text[end - 1]) || isWord(text[end + 1]) || text[end + 1] === mark) continue;
    return { node: el(STYLES[mark], {}, inline(text.slice(at + 1, end), verbatim)), end: end + 1 };
  }
  return null;
}

// A style's own marks count as boundaries (_*both*_), although a regular expression calls _ a word character.
const isWord = (character) => character !== undefined && character !== "_" && WORD.test(character);

const skipSpecial = (text, at) => {
  const end = text.indexOf(">", at);
  return end < 0 ? at : end;
};

function bareAddress(text, at) {
  if (text[at] !== "h" || isWord(text[at - 1])) return null;
  const match = /^https?:\/\/[^\s<>|]*[^\s<>|.,:;!?)"'*_~]/.exec(text.slice(at));
  return match && { node: link(decode(match[0]), [decode(match[0])]), end: at + match[0].length };
}

/** <@U…>, <#C…|name>, <!here>, <!date^…|fallback>, <https://…|label> */
function special(text, at) {
  const match = text[at] === "<" && /^<([@#!]?)([^<>|\n]+)(?:\|([^<>\n]*))?>/.exec(text.slice(at));
  if (!match) return null;
  const [whole, kind, body, label] = match;
  const node = { "@": person, "#": room, "!": command, "": address }[kind](body, label);
  return node && { node, end: at + whole.length };
}

const person = (id, label) => el(
  "span", { class: id === workspace.me ? "mention me" : "mention" }, `@${user(id) ? nameOf(id) : decode(label || id)}`);

function room(id, label) {
  const name = `#${channel(id)?.name || decode(label || id)}`;
  return channel(id) ? el("a", { class: "mention", href: `#/c/${id}` }, name) : el("span", { class: "mention" }, name);
}

function command(body, label) {
  if (body.startsWith("date^")) return date(body, label);
  if (["here", "channel", "everyone"].includes(body)) return el("span", { class: "mention me" }, `@${body}`);
  return el("span", { class: "mention" }, decode(label || body));
}

function date(body, fallback) {
  const [, unix, pattern, target] = body.split("^");
  const known = /^-?\d+$/.test(unix) && pattern;
  const words = known ? slackDate(Number(unix), decode(pattern), now(), zone()) : decode(fallback || "");
  if (target) return link(decode(target), [words]);
  return known ? el("time", { datetime: new Date(Number(unix) * 1000).toISOString() }, words) : words;
}

function address(body, label) {
  if (!/^(?:[a-z][a-z0-9+.-]*:)/i.test(body)) return null;
  return link(decode(body), label ? inline(label, true) : [decode(body.replace(/^mailto:|^tel:/, ""))]);
}
