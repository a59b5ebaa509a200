// Opens the page: reads the state, listens for changes, and draws every part again after each.

import { drawClock } from "./clock.js";
import { listen } from "./control.js";
import { coverUp } from "./cover.js";
import { drawInspector } from "./inspector.js";
import { drawModal } from "./modal.js";
import { drawRoom } from "./room.js";
import { route } from "./route.js";
import { playScene } from "./scenes.js";
import { drawSidebar, showSidebar } from "./sidebar.js";
import { drawThread } from "./thread.js";
import { announce } from "./toast.js";
import { appDm, refresh, refreshSoon, unread, watch, workspace } from "./workspace.js";

let waiting = 0;

function draw() {
  if (!workspace.state) return;
  if (route().kind === "scene") return void playScene(); // it gives the page another address and draws again
  drawClock();
  drawRoom();
  drawSidebar();
  drawThread();
  drawModal();
  drawInspector();
  coverUp();
  tellUnread();
}

/** A dot is silent: whoever cannot see it hears it. */
function tellUnread() {
  const count = unread(appDm());
  if (count > waiting) announce(`${workspace.state.app.name} sent you a direct message. ${count} unread.`);
  waiting = count;
}

function connected(fine) {
  const banner = document.getElementById("trouble");
  banner.hidden = fine;
  banner.textContent = fine ? "" : "The sandbox is not answering. This page will catch up when it is back.";
}

watch(draw);
window.addEventListener("hashchange", draw);
document.addEventListener("visibilitychange", draw);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("sidebar-open")) {
    showSidebar(false);
    document.querySelector("#main .only-narrow")?.focus();
  }
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address belongs to route.js
  (document.getElementById("composer") || document.getElementById("main")).focus();
});

await refresh();
listen({ changed: refreshSoon, connected });
