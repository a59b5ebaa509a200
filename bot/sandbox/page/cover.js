// On a narrow screen one pane covers another: what is covered must not take the keyboard or be read out.

const NARROW = window.matchMedia("(max-width: 700px)");

export function coverUp() {
  const open = (id) => !document.getElementById(id).hidden;
  const menu = document.body.classList.contains("sidebar-open");
  const covered = NARROW.matches && { main: open("thread") || open("inspector") || menu, thread: open("inspector") || menu, top: open("thread") || open("inspector") || menu };
  for (const id of ["main", "thread", "top"]) document.getElementById(id).inert = Boolean(covered && covered[id]);
}

NARROW.addEventListener("change", coverUp);
