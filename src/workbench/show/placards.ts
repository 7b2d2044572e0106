import { download } from "../keep/download.ts";
import type { SIZES, Wanted } from "./address.ts";

/** ISO 216, in millimetres. */
export const PAPER = {
  A4: [210, 297],
  A3: [297, 420],
  A2: [420, 594],
  A1: [594, 841],
} as const satisfies Readonly<Record<(typeof SIZES)[number], readonly [number, number]>>;

/** Prints them into one file and hands it to the browser. Throws `Problem`. */
export async function printPlacards({ headline, ...wanted }: Wanted): Promise<void> {
  const body = JSON.stringify({ ...wanted, ...(headline.trim() === "" ? {} : { headline: headline.trim() }) });
  const headers = { "Content-Type": "application/json" };
  await download("/api/placards", { method: "POST", headers, body }, () => undefined);
}
