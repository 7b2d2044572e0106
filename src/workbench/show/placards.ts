import { ask, problemOf } from "../api.ts";

export const SIZES = ["A4", "A3", "A2", "A1"] as const;

/** ISO 216, in millimetres. */
export const PAPER = {
  A4: [210, 297],
  A3: [297, 420],
  A2: [420, 594],
  A1: [594, 841],
} as const satisfies Readonly<Record<(typeof SIZES)[number], readonly [number, number]>>;

export interface Wanted {
  readonly ids: readonly string[];
  /** Empty: taken from the post. */
  readonly headline: string;
  readonly size: (typeof SIZES)[number];
  readonly picture: boolean;
}

/** Prints them into one file and hands it to the browser. Throws `Problem`. */
export async function printPlacards({ headline, ...wanted }: Wanted): Promise<void> {
  const body = JSON.stringify({ ...wanted, ...(headline.trim() === "" ? {} : { headline: headline.trim() }) });
  const response = await ask("/api/placards", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  if (!response.ok) throw problemOf(response.status, await response.json().catch(() => undefined));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = "placards.pdf";
  link.click();
  URL.revokeObjectURL(url);
}
