// Up to where each person has read each conversation. Kept for this browser tab only: the server's people have no client of their own.

const KEY = "seen";
const START = "seen-from";

const table = () => JSON.parse(sessionStorage.getItem(KEY) || "{}");

/** Channel talk from before the page was first opened is old news; a DM of the app never is. */
export function begin(now) {
  if (!sessionStorage.getItem(START)) sessionStorage.setItem(START, String(now));
}

export function lookedUntil(person, place, isDm) {
  const mark = Number(table()[person]?.[place] || 0);
  return isDm ? mark : Math.max(mark, Number(sessionStorage.getItem(START) || 0));
}

export function look(person, place, ts) {
  const all = table();
  all[person] = { ...all[person], [place]: ts };
  sessionStorage.setItem(KEY, JSON.stringify(all));
}

export function forget() {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(START);
}
