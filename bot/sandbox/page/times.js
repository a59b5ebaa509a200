// Dates as the acting person reads them: in their own zone, next to the sandbox's clock (never the browser's).

const LOCALE = "en-GB";
const DAY = 86400;

function format(seconds, zone, options) {
  return new Intl.DateTimeFormat(LOCALE, { timeZone: zone || undefined, ...options }).format(new Date(seconds * 1000));
}

export const dayKey = (seconds, zone) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone || undefined, dateStyle: "short" }).format(new Date(seconds * 1000));

export const time = (seconds, zone) => format(seconds, zone, { hour: "2-digit", minute: "2-digit" });
export const moment = (seconds, zone) =>
  format(seconds, zone, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
export const full = (seconds, zone) => format(seconds, zone, { dateStyle: "full", timeStyle: "medium" });

function relative(seconds, now, zone) {
  const day = dayKey(seconds, zone);
  for (const [offset, word] of [[0, "Today"], [-1, "Yesterday"], [1, "Tomorrow"]]) {
    if (day === dayKey(now + offset * DAY, zone)) return word;
  }
  return null;
}

export const dayLabel = (seconds, now, zone) =>
  relative(seconds, now, zone) || format(seconds, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

export function ago(seconds, now) {
  const gap = Math.max(0, now - seconds);
  if (gap < 60) return "just now";
  for (const [size, name] of [[DAY, "day"], [3600, "hour"], [60, "minute"]]) {
    const n = Math.floor(gap / size);
    if (n) return `${n} ${name}${n === 1 ? "" : "s"} ago`;
  }
}

/** The tokens of Slack's <!date^unix^{date_short} {time}|fallback>. */
export function slackDate(seconds, pattern, now, zone) {
  const dates = {
    date_num: () => dayKey(seconds, zone),
    date_slash: () => dayKey(seconds, zone).replaceAll("-", "/"),
    date: () => format(seconds, zone, { day: "numeric", month: "long", year: "numeric" }),
    date_short: () => format(seconds, zone, { day: "numeric", month: "short", year: "numeric" }),
    date_long: () => format(seconds, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    time: () => time(seconds, zone),
    time_secs: () => format(seconds, zone, { timeStyle: "medium" }),
    ago: () => ago(seconds, now),
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    const plain = token.replace(/_pretty$/, "");
    const near = token !== plain && relative(seconds, now, zone);
    if (near) return near.toLowerCase();
    return dates[plain] ? dates[plain]() : whole;
  });
}

/** Unix seconds of the next such weekday (0 = Sunday) and wall time in a zone, after now. */
export function nextWeekday(weekday, hour, minute, now, zone) {
  for (let day = 0; day <= 7; day += 1) {
    const candidate = wallTime(dayKey(now + day * DAY, zone), hour, minute, zone);
    if (new Date(`${dayKey(candidate, zone)}T12:00Z`).getUTCDay() === weekday && candidate > now) return candidate;
  }
  return now;
}

/** What a date-and-time field of the browser holds, in the person's zone and never the browser's; and back. */
export const localOf = (seconds, zone) => `${dayKey(seconds, zone)}T${time(seconds, zone)}`;

export function unixOf(local, zone) {
  const [day, hour, minute] = local.split(/[T:]/);
  return wallTime(day, Number(hour), Number(minute), zone);
}

/** A zone's wall time as Unix seconds: guess UTC, look at the clock there, correct; twice, for the hours around a DST change. */
function wallTime(day, hour, minute, zone) {
  const wanted = Date.parse(`${day}T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00Z`) / 1000;
  let guess = wanted;
  for (let turn = 0; turn < 2; turn += 1) {
    const shown = Date.parse(`${dayKey(guess, zone)}T${time(guess, zone)}:00Z`) / 1000;
    guess += wanted - shown;
  }
  return guess;
}
