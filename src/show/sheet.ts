/**
 * The ISO 216 sheets a placard is printed on, and how large its parts must be there.
 *
 * A capital read at ten metres must stand at least a two-hundredth of the distance (50 mm), the usual rule for signs
 * read by people who want to read them; a hundred-and-twentieth (83 mm) is the rule for signs read at a glance, by
 * people with weak sight, or in rain. A3, the smallest sheet one carries, keeps the first and A1 the second. A2 is A1
 * a step of √2 smaller, still past the first rule; A4, which is handed out and pinned up, is A3 a step smaller and is
 * read at seven metres.
 *
 * The QR code is measured without its quiet zone. On A3 its modules are 2 mm wide: two pixels each for a telephone of
 * twelve megapixels (4,000 across some 65°) at three metres, which a decoder still reads.
 */
export type PlacardSize = "A4" | "A3" | "A2" | "A1";

/** All lengths in millimetres. */
export interface Sheet {
  readonly size: PlacardSize;
  readonly width: number;
  readonly height: number;
  /** How many times as large as on A3 everything is that has no figure of its own. */
  readonly scale: number;
  /** The least height of a capital in the headline. */
  readonly capHeight: number;
  /** The width of the QR code's symbol, without its quiet zone. */
  readonly symbol: number;
}

export const SHEETS: Readonly<Record<PlacardSize, Sheet>> = {
  A4: { size: "A4", width: 210, height: 297, scale: Math.SQRT1_2, capHeight: 35, symbol: 43 },
  A3: { size: "A3", width: 297, height: 420, scale: 1, capHeight: 50, symbol: 61 },
  A2: { size: "A2", width: 420, height: 594, scale: Math.SQRT2, capHeight: 59, symbol: 101 },
  A1: { size: "A1", width: 594, height: 841, scale: 2, capHeight: 83, symbol: 151 },
};
