/** When to look again, as people write it: `1h,1d,7d`. */
import { PlacardError } from "../lib/error.ts";

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const SHORTEST = 60_000;
const LONGEST = 3_653 * 86_400_000;
const MOST = 64;

/** Milliseconds, ascending, each once. Minutes, hours, days and weeks, from one minute to ten years. Throws `usage`. */
export function parseDurations(text: string): readonly number[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.length > MOST) throw refused(`at most ${MOST} times can be given`);
  const durations = parts.map((part) => {
    const [, digits = "", unit = ""] = /^(\d{1,5})([mhdw])$/i.exec(part) ?? [];
    const duration = Number(digits) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
    if (digits === "" || Number.isNaN(duration)) throw refused(`${JSON.stringify(part.slice(0, 40))} is no time`);
    if (duration < SHORTEST || duration > LONGEST) throw refused(`${part} is not between one minute and ten years`);
    return duration;
  });
  return [...new Set(durations)].toSorted((a, b) => a - b);
}

function refused(why: string): PlacardError {
  return new PlacardError("usage", `--again cannot be used: ${why}.`, {
    next: "Write when to look again like this: --again 1h,1d,7d (m, h, d or w after each number).",
  });
}
