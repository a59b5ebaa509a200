// Modals: the top view of the acting person's stack, its inputs, what Slack's client checks, and the bot's answer.

import { drawBlocks } from "./blocks.js";
import { ask } from "./control.js";
import { heldIn } from "./controls.js";
import { focusFirst, openDialog } from "./dialog.js";
import { el } from "./element.js";
import { plain } from "./mrkdwn.js";
import { explain } from "./toast.js";
import { refreshSoon, views, workspace } from "./workspace.js";

let shown = null; // {viewId, signature, shell, form}
const kept = new Map(); // what was typed, by view: a view below another one gets it back

export function drawModal() {
  const view = views().modals?.at(-1);
  if (!view) return shut();
  const signature = JSON.stringify([view.id, view.hash, view.blocks, view.title, workspace.me]);
  if (shown?.signature === signature) return;
  if (shown) keep();
  const open = new Set(views().modals.map((one) => one.id));
  for (const id of kept.keys()) if (!open.has(id)) kept.delete(id);
  draw(view, signature);
}

function keep() {
  kept.set(shown.viewId, new Map(shown.form.fields.map(({ field, name }) => [name, field.read()])));
}

function shut() {
  if (!shown) return;
  shown.shell.close();
  kept.clear();
  shown = null;
}

/** Slack keeps what was typed as long as block and action keep their ids. */
function newForm(view) {
  const before = kept.get(view.id) || new Map();
  const told = new Map();
  const nameOf = (block) => `${block.block_id} ${block.element.action_id}`;
  const form = {
    fields: [],
    typed: (block) => (before.has(nameOf(block)) ? before.get(nameOf(block)) : heldIn(view.state?.values, block.block_id, block.element.action_id)),
    add: (field, block) => form.fields.push({ field, block, name: nameOf(block) }),
    // Before a button in the modal is pressed, Slack must know what the inputs hold: the app reads it in view.state.
    tell: async () => {
      for (const { field, block, name } of form.fields) {
        const value = field.read();
        if (block.dispatch_action || JSON.stringify(value) === told.get(name)) continue;
        told.set(name, JSON.stringify(value));
        await ask("choose", { as: workspace.me, view_id: view.id, block_id: block.block_id, action_id: block.element.action_id, option: value });
      }
    },
    values: () => Object.fromEntries(form.fields.map(({ field, block }) => [block.block_id || block.label.text, field.read()])),
  };
  return form;
}

function draw(view, signature) {
  const form = newForm(view);
  const trouble = el("p", { class: "modal-trouble", role: "alert", hidden: true });
  const blocks = drawBlocks(view.blocks, { surface: "modal", view_id: view.id, chosen: view.state?.values, tell: form.tell }, form);
  const body = el("form", { class: "dialog-body", novalidate: true, id: "modal-form" }, trouble, blocks);
  const leave = async ({ all = false } = {}) => {
    const answer = await ask("close", { as: workspace.me, view_id: view.id, all });
    if (!answer.ok) say(trouble, `This did not close. ${explain(answer.error)}`);
    refreshSoon();
  };
  const done = el("button", { type: "submit", form: "modal-form", class: "button primary solid" }, plain(view.submit?.text || "Submit", view.submit));
  const cancel = el("button", { type: "button", class: "button", on: { click: () => leave() } }, plain(view.close?.text || (view.submit ? "Cancel" : "Close"), view.close));
  const footer = el("footer", { class: "dialog-foot" }, cancel, view.submit && done);
  body.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(view, form, trouble, done);
  });
  const title = plain(view.title.text, view.title);
  // The next view of a stack takes the place of the last one: same dialog, so focus still returns to what opened it.
  if (shown) {
    const { dialog } = shown.shell;
    const held = dialog.contains(document.activeElement) && shown.viewId === view.id ? document.activeElement : null;
    const again = held && (held.dataset.focus || nameInForm(held));
    dialog.querySelector("h2").textContent = title;
    dialog.querySelector(".dialog-body").replaceWith(body);
    dialog.querySelector(".dialog-foot").replaceWith(footer);
    shown = { ...shown, viewId: view.id, signature, form, leave };
    if (!refocus(dialog, form, again)) focusFirst(dialog);
  } else {
    shown = { viewId: view.id, signature, form, leave };
    shown.shell = openDialog({ title, body, footer, closed: (how) => shown?.leave({ all: how === "cross" }), kind: "modal" });
  }
}

const nameInForm = (node) => shown.form.fields.find(({ field }) => field.node.contains(node))?.name;

function refocus(dialog, form, name) {
  if (!name) return false;
  const same = [...dialog.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === name);
  const field = form.fields.find((one) => one.name === name)?.field;
  if (same) same.focus();
  else field?.focus();
  return Boolean(same || field);
}

async function submit(view, form, trouble, done) {
  say(trouble, "");
  const wrong = form.fields.filter(({ field }) => {
    const problem = field.problem();
    field.showError(problem);
    return problem;
  });
  if (wrong.length) return wrong[0].field.focus();
  if (done.getAttribute("aria-busy")) return;
  done.setAttribute("aria-busy", "true");
  const answer = await ask("submit", { as: workspace.me, view_id: view.id, values: form.values() });
  done.removeAttribute("aria-busy");
  refreshSoon();
  if (!answer.ok) showRefusal(form, trouble, answer);
}

/** The bot's own field errors, keyed by block id; anything else is Slack's banner. */
function showRefusal(form, trouble, answer) {
  const errors = { ...answer.errors };
  let first = null;
  for (const { field, block } of form.fields) {
    const words = errors[block.block_id];
    delete errors[block.block_id];
    field.showError(words);
    if (words) first ||= field;
  }
  first?.focus();
  const rest = Object.values(errors).join(" ");
  if (rest || !first) say(trouble, rest || `We had some trouble connecting. Try again? (${explain(answer.error)})`);
}

function say(trouble, words) {
  trouble.textContent = words;
  trouble.hidden = !words;
}
