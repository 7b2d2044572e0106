/**
 * XML in one pass, as much of it as spreadsheets need: tags, their attributes and the text between, in order. It knows neither
 * document types nor entities of one's own, so nothing in it can stand for more than it is (XML 1.0, fifth edition).
 */
import { PlacardError } from "../../lib/error.ts";
import { say } from "../said.ts";

export type XmlPiece =
  | { readonly kind: "open"; readonly name: string; readonly attribute: (name: string) => string | undefined }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "text"; readonly text: string };

const TAG = /<(\/?)([^\s<>/="']+)((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([^\s<>/="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
/** What is passed over, by its beginning, and what ends it. */
const SKIPPED = [
  ["<!--", "-->"],
  ["<?", "?>"],
] as const;
const CDATA = "<![CDATA[";

/** Names without their prefix. Throws `malformed`. */
export function* xmlPieces(xml: string): Generator<XmlPiece> {
  for (let at = 0; at < xml.length; ) {
    if (xml[at] !== "<") {
      const end = endOf(xml, "<", at);
      yield { kind: "text", text: unescaped(xml.slice(at, end)) };
      at = end;
      continue;
    }
    const skipped = SKIPPED.find(([start]) => xml.startsWith(start, at));
    if (skipped !== undefined) {
      at = after(xml, skipped[1], at);
    } else if (xml.startsWith(CDATA, at)) {
      const end = after(xml, "]]>", at);
      yield { kind: "text", text: xml.slice(at + CDATA.length, end - 3) };
      at = end;
    } else {
      TAG.lastIndex = at;
      const tag = TAG.exec(xml);
      if (tag === null) throw broken();
      yield* piecesOf(tag);
      at = TAG.lastIndex;
    }
  }
}

function* piecesOf([, closing, full = "", attributes = "", empty]: RegExpExecArray): Generator<XmlPiece> {
  const name = local(full);
  if (closing !== "/") yield { kind: "open", name, attribute: (wanted) => attributeIn(attributes, wanted) };
  if (closing === "/" || empty === "/") yield { kind: "close", name };
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

function attributeIn(attributes: string, wanted: string): string | undefined {
  for (const [, name = "", double, single] of attributes.matchAll(ATTRIBUTE))
    if (local(name) === wanted) return unescaped(double ?? single ?? "");
  return undefined;
}

function endOf(xml: string, sign: string, from: number): number {
  const found = xml.indexOf(sign, from);
  return found < 0 ? xml.length : found;
}

function after(xml: string, end: string, from: number): number {
  const found = xml.indexOf(end, from);
  if (found < 0) throw broken();
  return found + end.length;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const LAST_POINT = 0x10ffff;

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,32}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? "") : whole;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= LAST_POINT ? String.fromCodePoint(point) : "";
  });
}

function broken(): PlacardError {
  return new PlacardError("malformed", say("spreadsheet_damaged"));
}
