// rich_text blocks: sections, lists, quotes, preformatted.

import { el } from "./element.js";
import { emoji } from "./emoji.js";
import { link } from "./links.js";
import { mrkdwn } from "./mrkdwn.js";
import { slackDate } from "./times.js";
import { now, zone } from "./workspace.js";

const PARTS = {
  rich_text_section: (part) => el("p", {}, part.elements.map(inline)),
  rich_text_quote: (part) => el("blockquote", {}, part.elements.map(inline)),
  rich_text_preformatted: (part) => el("pre", {}, part.elements.map((one) => one.text || one.url || "")),
  rich_text_list: list,
};

export const richText = (block) => el("div", { class: "rich-text" }, block.elements.map((part) => PARTS[part.type]?.(part)));

function list(part) {
  const rows = part.elements.map((section) => el("li", {}, section.elements.map(inline)));
  return el(part.style === "ordered" ? "ol" : "ul", { class: `indent-${part.indent || 0}`, start: part.offset ? part.offset + 1 : null }, rows);
}

function inline(one) {
  const style = one.style || {};
  let node = leaf(one);
  for (const [name, tag] of [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"]]) {
    if (style[name]) node = el(tag, {}, node);
  }
  return node;
}

function leaf(one) {
  switch (one.type) {
    case "text": return one.text;
    case "link": return link(one.url, [one.text || one.url]);
    case "emoji": return emoji(`:${one.name}:`);
    case "user": return mrkdwn(`<@${one.user_id}>`);
    case "channel": return mrkdwn(`<#${one.channel_id}>`);
    case "broadcast": return mrkdwn(`<!${one.range}>`);
    case "date": return slackDate(one.timestamp, one.format, now(), zone());
    default: return one.text || "";
  }
}
