/** The words in a picture and where each stands, as a machine reads them. */
import { utf8 } from "../../lib/bytes.ts";
import type { Picture } from "../../verify/picture.ts";
import type { PlaceBox } from "../page/private-places.ts";
import { readWithEngine } from "../reading/engine.ts";

export interface ReadWord {
  readonly text: string;
  readonly box: PlaceBox;
  /** Words of one line have the same, and follow one another as they are read. */
  readonly line: string;
}

const MOST = 20_000;
/** Of Tesseract's lines, those that are a word. */
const WORD_LEVEL = "5";

export async function wordsIn(picture: Picture): Promise<readonly ReadWord[]> {
  const reader = await readWithEngine(greyOf(picture));
  return wordsOf(reader.GetTSVText(0));
}

/** Columns: level, page, block, paragraph, line, word, left, top, width, height, sureness, text. */
export function wordsOf(tsv: string): readonly ReadWord[] {
  const words: ReadWord[] = [];
  for (const row of tsv.split("\n")) {
    const [level, page, block, paragraph, line, , left, top, width, height, , text = ""] = row.split("\t");
    const box = [left, top, width, height].map(Number) as [number, number, number, number];
    if (level !== WORD_LEVEL || text.trim() === "" || !box.every(Number.isSafeInteger) || words.length === MOST)
      continue;
    words.push({ text: text.trim(), box, line: [page, block, paragraph, line].join(".") });
  }
  return words;
}

function greyOf({ width, height, rgb }: Picture): Uint8Array {
  const header = utf8(`P5\n${width} ${height}\n255\n`);
  const pgm = new Uint8Array(header.length + width * height);
  pgm.set(header);
  for (let from = 0, to = header.length; from < rgb.length; from += 3, to++)
    pgm[to] = Math.round(0.299 * (rgb[from] ?? 0) + 0.587 * (rgb[from + 1] ?? 0) + 0.114 * (rgb[from + 2] ?? 0));
  return pgm;
}
