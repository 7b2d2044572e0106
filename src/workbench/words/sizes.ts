/** Sizes as a computer's owner knows them. */
import type { Language } from "./words.ts";

const STEP = 1000;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function sizeOf(language: Language, bytes: number): string {
  const at = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(STEP)));
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[at] ?? "byte",
    maximumFractionDigits: at > 1 ? 1 : 0,
  }).format(bytes / STEP ** at);
}
