// Block Kit to DOM, one function a block. A block this page cannot draw says so in words: better than a gap nobody notices.

import { chart } from "./chart.js";
import { canDraw, control } from "./controls.js";
import { el, icon } from "./element.js";
import { inputBlock } from "./inputs.js";
import { link } from "./links.js";
import { mrkdwn, plain, textObject } from "./mrkdwn.js";
import { choose } from "./actions.js";
import { richText } from "./rich_text.js";

const DRAWN = {
  section, actions, context, image, input, context_actions: actions, rich_text: richText, data_visualization: chart,
  header: (block) => el("h2", { class: "block-header" }, textObject(block.text)),
  divider: () => el("hr"),
  markdown: (block) => el("div", { class: "text" }, block.text),
  alert: (block) => el("div", { class: `alert ${block.level || "default"}`, role: "note" }, textObject(block.text)),
  video: (block) => el("p", {}, link(block.title_url || block.video_url, [plain(block.title.text, block.title)])),
};

/** place: where the blocks stand (see actions.js); form collects the inputs of a modal. */
export function drawBlocks(blocks, place, form) {
  return (blocks || []).map((block) => {
    const here = { ...place, block_id: block.block_id };
    const draw = DRAWN[block.type] || unknown;
    return el("div", { class: `block block-${block.type}` }, draw(block, here, form));
  });
}

function section(block, place) {
  const side = block.accessory && element(block.accessory, place);
  return el(
    "div", { class: `section${block.accessory?.type === "image" ? " with-image" : ""}` },
    el("div", { class: "section-words" },
      block.text && el("div", { class: "text" }, textObject(block.text)),
      block.fields && el("div", { class: "fields" }, block.fields.map((field) => el("div", { class: "text" }, textObject(field))))),
    side && el("div", { class: "accessory" }, side));
}

function element(one, place) {
  if (one.type === "image") return picture(one, "thumbnail");
  return canDraw(one) ? control(one, place) : unknown(one);
}

function actions(block, place) {
  return el("div", { class: "actions" }, block.elements.map((one) => element(one, place)));
}

function context(block) {
  return el("div", { class: "context" }, block.elements.map((one) => (
    one.type === "image" ? picture(one, "tiny") : el("span", { class: "text" }, textObject(one)))));
}

function image(block) {
  const title = block.title && el("figcaption", {}, plain(block.title.text, block.title));
  return el("figure", {}, title, picture(block, "large"));
}

/** Only pictures this computer serves are loaded: an outside one would be a request to a stranger. Its words stand in for it. */
function picture(one, size) {
  const address = one.image_url || one.slack_file?.url || "";
  const local = address.startsWith("data:image/") || address.startsWith(`${location.origin}/`) || address.startsWith("/");
  if (local) return el("img", { src: address, alt: one.alt_text, class: `picture ${size}` });
  const note = "Outside pictures are not loaded in the sandbox";
  if (size === "large") return el("div", { class: "picture stand-in large", title: note }, el("span", {}, one.alt_text), link(address, ["Open the picture"]));
  return el("span", { class: `picture stand-in ${size}`, role: "img", "aria-label": one.alt_text, title: `${one.alt_text}. ${note}` }, icon("eye"));
}

function input(block, place, form) {
  const act = block.dispatch_action ? () => choose(place, block.element, field.read()) : undefined;
  const field = inputBlock(block, { typed: form?.typed(block), changed: act });
  form?.add(field, block);
  return field.node;
}

function unknown(block) {
  return el("p", { class: "unknown" }, `This page cannot draw a “${block.type}”. The inspector shows what was sent.`);
}

function file(one) {
  const size = one.size < 1024 ? `${one.size} bytes` : `${Math.round(one.size / 1024)} KB`;
  return el("p", { class: "file" }, icon("file"), el("a", { href: one.url_private, download: one.name }, one.title || one.name), el("span", {}, size));
}

/** The blocks, or the text where there are none, as Slack chooses; then old-style attachments, behind a bar. */
export function body(message, place) {
  const words = message.blocks?.length ? drawBlocks(message.blocks, place) : el("div", { class: "text" }, mrkdwn(message.text));
  return [words, (message.files || []).map(file), (message.attachments || []).map((one) => el("div", { class: "attachment" }, body({ ...one, text: one.text || one.fallback || "" }, place)))];
}
