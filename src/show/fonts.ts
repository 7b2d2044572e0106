/** Which typefaces a text needs, as `@font-face` rules that carry the files themselves. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { toBase64 } from "../lib/bytes.ts";

interface Face {
  /** The CSS family; several faces share one, each for its own characters. */
  readonly family: string;
  readonly pack: string;
  /** Key of the pack's unicode.json. */
  readonly subset: string;
  readonly file: string;
  readonly descriptors: string;
}

const WIDTHS = "font-weight:100 900;font-stretch:62% 125%";
const NOTO_WIDTHS = "font-weight:100 900;font-stretch:62.5% 100%";
const ARCHIVO = "@fontsource-variable/archivo";
const NEXT = "@fontsource-variable/atkinson-hyperlegible-next";
const MONO = "@fontsource-variable/atkinson-hyperlegible-mono";
const HEEBO = "@fontsource-variable/heebo";
const NOTO_HEBREW = "@fontsource-variable/noto-sans-hebrew";
const NOTO_ARABIC = "@fontsource-variable/noto-sans-arabic";
const EMOJI = "@fontsource/noto-color-emoji";

const faces = (
  family: string,
  pack: string,
  subsets: readonly string[],
  axis: string,
  descriptors: string,
): readonly Face[] =>
  subsets.map((subset) => {
    const name = pack.slice(pack.indexOf("/") + 1);
    return { family, pack, subset, file: `${name}-${subset}-${axis}-normal.woff2`, descriptors };
  });

/** In the order in which the families stand in the style sheet. */
const TEXT_FACES: readonly Face[] = [
  ...faces("Archivo", ARCHIVO, ["latin", "latin-ext", "vietnamese"], "wdth", WIDTHS),
  ...faces("Atkinson Hyperlegible Next", NEXT, ["latin", "latin-ext"], "wght", "font-weight:200 800"),
  ...faces("Atkinson Hyperlegible Mono", MONO, ["latin"], "wght", "font-weight:200 800"),
  ...faces("Heebo", HEEBO, ["hebrew"], "wght", "font-weight:100 900"),
  ...faces("Noto Sans Hebrew", NOTO_HEBREW, ["hebrew"], "wdth", NOTO_WIDTHS),
  ...faces("Noto Sans Arabic", NOTO_ARABIC, ["arabic", "symbols", "math"], "wdth", NOTO_WIDTHS),
];
const EMOJI_SUBSETS = Array.from({ length: 11 }, (_, i) => i);

/** The `@font-face` rules for what `text` needs. */
export function fontRules(text: string): string {
  const points = [...new Set(Array.from(text, (character) => character.codePointAt(0) as number))];
  // The plain Latin faces always: our own words are set in them.
  const needed = TEXT_FACES.filter((face) => face.subset === "latin" || points.some((point) => has(face, point)));
  return [...needed, ...emojiFaces(text)].map(rule).join("\n");
}

/** The smallest set of emoji files, each sequence looked for whole: the pack is cut into eleven, by theme. */
function emojiFaces(text: string): readonly Face[] {
  const found = new Map<number, Face>();
  for (const { segment } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)) {
    if (!/\p{Emoji_Presentation}|\ufe0f|\p{Regional_Indicator}/u.test(segment)) continue;
    const points = Array.from(segment, (character) => character.codePointAt(0) as number);
    const whole = EMOJI_SUBSETS.filter((i) => points.every((point) => has(emojiFace(i), point)));
    const chosen = whole.length > 0 ? whole : EMOJI_SUBSETS.filter((i) => has(emojiFace(i), points[0] ?? 0));
    if (chosen.some((i) => found.has(i))) continue;
    const smallest = chosen.toSorted((a, b) => bytesOf(emojiFace(a)).length - bytesOf(emojiFace(b)).length)[0];
    if (smallest !== undefined) found.set(smallest, emojiFace(smallest));
  }
  return [...found.values()];
}

const EMOJI_FACES = new Map<number, Face>();

function emojiFace(i: number): Face {
  const known = EMOJI_FACES.get(i);
  if (known !== undefined) return known;
  // The sliced .woff2 files have only SVG glyphs, which Chromium draws as nothing; the .woff files have COLR ones.
  const file = `noto-color-emoji-${i}-400-normal.woff`;
  const face = { family: "Noto Color Emoji", pack: EMOJI, subset: `[${i}]`, file, descriptors: "font-weight:400" };
  EMOJI_FACES.set(i, face);
  return face;
}

function rule(face: Face): string {
  const format = face.file.slice(face.file.lastIndexOf(".") + 1);
  const url = `data:font/${format};base64,${toBase64(bytesOf(face))}`;
  return `@font-face{font-family:"${face.family}";${face.descriptors};unicode-range:${rangeText(face)};src:url(${url}) format("${format}")}`;
}

const files = new Map<string, Uint8Array>();
const ranges = new Map<Face, readonly (readonly [number, number])[]>();
const rangeTexts = new Map<string, Readonly<Record<string, string>>>();

function read(specifier: string): Uint8Array {
  const known = files.get(specifier);
  if (known !== undefined) return known;
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(specifier)));
  files.set(specifier, bytes);
  return bytes;
}

function bytesOf(face: Face): Uint8Array {
  return read(`${face.pack}/files/${face.file}`);
}

function rangeText(face: Face): string {
  let texts = rangeTexts.get(face.pack);
  if (texts === undefined) {
    texts = JSON.parse(new TextDecoder().decode(read(`${face.pack}/unicode.json`))) as Record<string, string>;
    rangeTexts.set(face.pack, texts);
  }
  return texts[face.subset] ?? "U+0";
}

function has(face: Face, point: number): boolean {
  let spans = ranges.get(face);
  if (spans === undefined) {
    spans = rangeText(face)
      .split(",")
      .map((span) => span.trim().slice(2).split("-"))
      .map(([from = "0", to = from]) => [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const);
    ranges.set(face, spans);
  }
  return spans.some(([from, to]) => point >= from && point <= to);
}
