/**
 * Emoji for the bundled browser, where the system has no typeface for them: a post is to be photographed as its readers
 * saw it, and theirs had one. The package holds web fonts, which a system's font search does not take, so each is
 * unwrapped (WOFF 1.0, https://www.w3.org/TR/WOFF/, §3–5) into the file it was made from.
 */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";

interface FontFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

/** The typeface's files, cut by theme. The .woff2 ones have no glyphs that are drawn without a browser's own SVG. */
export async function* emojiFonts(): AsyncGenerator<FontFile> {
  const folder = dirname(
    fileURLToPath(import.meta.resolve("@fontsource/noto-color-emoji/files/noto-color-emoji-0-400-normal.woff")),
  );
  for (const name of (await readdir(folder)).filter((file) => /-\d+-400-normal\.woff$/.test(file))) {
    yield { name: name.replace(/woff$/, "ttf"), bytes: unwrapWoff(await readFile(join(folder, name))) };
  }
}

interface Table {
  readonly tag: Uint8Array;
  readonly checksum: number;
  readonly data: Uint8Array;
}

/** From a WOFF 1.0 file that came with a package to the font within. Throws whatever a broken one makes it throw. */
export function unwrapWoff(woff: Uint8Array): Uint8Array {
  const view = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  const tables = Array.from({ length: view.getUint16(12) }, (_, i) =>
    readTable(woff, view, WOFF_HEADER + i * WOFF_ENTRY),
  );
  const padded = (length: number): number => (length + 3) & ~3;
  const start = SFNT_HEADER + SFNT_ENTRY * tables.length;
  const font = new Uint8Array(tables.reduce((sum, { data }) => sum + padded(data.length), start));
  const out = new DataView(font.buffer);
  out.setUint32(0, view.getUint32(4));
  const power = Math.floor(Math.log2(tables.length));
  out.setUint16(4, tables.length);
  out.setUint16(6, SFNT_ENTRY << power);
  out.setUint16(8, power);
  out.setUint16(10, SFNT_ENTRY * tables.length - (SFNT_ENTRY << power));
  let at = start;
  for (const [i, { tag, checksum, data }] of tables.entries()) {
    const entry = SFNT_HEADER + SFNT_ENTRY * i;
    font.set(tag, entry);
    out.setUint32(entry + 4, checksum);
    out.setUint32(entry + 8, at);
    out.setUint32(entry + 12, data.length);
    font.set(data, at);
    at += padded(data.length);
  }
  return font;
}

function readTable(woff: Uint8Array, view: DataView, entry: number): Table {
  const [offset, packed, length] = [4, 8, 12].map((field) => view.getUint32(entry + field)) as [number, number, number];
  const stored = woff.subarray(offset, offset + packed);
  return {
    tag: woff.subarray(entry, entry + 4),
    checksum: view.getUint32(entry + 16),
    data: packed < length ? inflateSync(stored) : stored,
  };
}
