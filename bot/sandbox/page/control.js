// The control API (docs/sandbox-api.md): the page has no other way to reach the workspace.

/** The workspace that /?team=… names; without it the first one. */
const team = new URLSearchParams(location.search).get("team");
const UNREACHABLE = { ok: false, error: "sandbox_unreachable" };

export async function ask(action, body) {
  try {
    const response = await fetch(`/_sandbox/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(team ? { ...body, team } : body),
    });
    const answer = await response.json().catch(() => ({}));
    return response.ok ? { ok: true, ...answer } : { ok: false, error: `http_${response.status}`, ...answer };
  } catch {
    return UNREACHABLE;
  }
}

export async function readState() {
  const response = await fetch(`/_sandbox/state${team ? `?team=${encodeURIComponent(team)}` : ""}`, { cache: "no-store" });
  if (!response.ok) throw new Error(`state answered ${response.status}`);
  return response.json();
}

/** Calls changed() after every change and connected(bool) as the line comes and goes; the browser reconnects by itself. */
export function listen({ changed, connected }) {
  const stream = new EventSource("/_sandbox/stream");
  stream.onopen = () => {
    connected(true);
    changed(); // whatever happened while the line was down
  };
  stream.onmessage = changed;
  stream.onerror = () => connected(false);
}

export function goToWorkspace(id) {
  location.href = `/?team=${encodeURIComponent(id)}`;
}
