/** The forms in which one value may stand in a page's traffic. */
import { utf8 } from "../../lib/bytes.ts";
import type { Secret } from "./secret.ts";
import { type Ends, endsOf } from "./words.ts";

/** Bytes to look for. */
export interface Needle {
  readonly bytes: Uint8Array;
  /** Upper and lower case are told apart. */
  readonly exact: boolean;
  /** Only where it is a word of its own, if it has ends: a short name is part of other words. */
  readonly alone: Ends | undefined;
  /** A space in it stands for any white space. */
  readonly spaced: boolean;
  readonly secret: Secret;
}

/** Bytes. Shorter ones are found everywhere. */
export const SHORTEST = 3;
const SHORTEST_ENCODED = 6;
/** Two characters. */
const SHORTEST_UTF16 = 4;
/** Bytes of which six digits of base64 tell enough. */
const SHORTEST_WITH_NEIGHBOURS = 4;
/** A name shorter than this is looked for as a word only. */
const SHORT_NAME = 6;

export function needlesOf(secret: Secret): readonly Needle[] {
  const found = new Map<string, Needle>();
  const add = (bytes: Uint8Array, exact: boolean, shortest: number, alone?: Ends): void => {
    if (bytes.length < shortest) return;
    found.set(`${exact} ${Buffer.from(bytes).toString("latin1")}`, {
      bytes,
      exact,
      alone,
      spaced: !exact && secret.kind === "name",
      secret,
    });
  };
  for (const value of spellingsOf(secret)) {
    const alone = secret.kind === "name" && value.length < SHORT_NAME ? endsOf(value) : undefined;
    for (const text of asText(value)) add(utf8(text), false, SHORTEST, alone);
    const bytes = Buffer.from(value, "utf8");
    add(Buffer.from(bytes.toString("hex")), false, SHORTEST_ENCODED);
    add(Buffer.from(value, "utf16le"), false, SHORTEST_UTF16);
    if (!isAscii(value) && Buffer.from(value, "latin1").toString("latin1") === value) {
      add(Buffer.from(value, "latin1"), false, SHORTEST, alone);
    }
    for (const text of asBase64(bytes)) add(utf8(text), true, SHORTEST_ENCODED);
  }
  return [...found.values()];
}

/** Of a name also how sites write it in addresses and in capitals; of anything also what it says without percent signs. */
function spellingsOf({ kind, value }: Secret): ReadonlySet<string> {
  const decoded = decodedOf(value);
  const plain = [value, ...(decoded === undefined ? [] : [decoded])];
  if (kind === "credential") return new Set(plain);
  const forms = plain.flatMap((name) => [name, name.normalize("NFC"), name.normalize("NFD")]);
  const spaced = forms.flatMap((name) =>
    /\s/.test(name)
      ? ["\u00a0", "&nbsp;", "&#160;", "-", "_", ".", ""].map((joint) => name.replace(/\s+/g, joint)).concat(name)
      : [name],
  );
  // Latin letters without accents need no capitals of their own: they are looked for in either case.
  return new Set(spaced.flatMap((name) => (isAscii(name) ? [name] : [name, name.toUpperCase(), name.toLowerCase()])));
}

function decodedOf(value: string): string | undefined {
  if (!value.includes("%")) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

function asText(value: string): ReadonlySet<string> {
  const json = JSON.stringify(value).slice(1, -1);
  const jsons = [json, json.replaceAll("/", "\\/")].flatMap((text) =>
    [/(?!)/, /[\u0080-\uffff]/g, /[<>&'\u2028\u2029]/g, /[<>&'\u0080-\uffff]/g].map((escaped) =>
      text.replace(escaped, unit),
    ),
  );
  const html = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  // A ">" and quotation marks need no escape everywhere, and have several.
  const marked = [html, html.replaceAll(">", "&gt;")].flatMap((text) =>
    ['"', "&quot;", "&#34;"].flatMap((double) =>
      ["'", "&#39;", "&#x27;", "&#039;", "&apos;"].map((single) =>
        text.replaceAll('"', double).replaceAll("'", single),
      ),
    ),
  );
  return new Set([
    value,
    ...percentForms(value),
    ...jsons,
    ...jsons.map((text) => JSON.stringify(text).slice(1, -1)),
    ...marked,
    ...marked.map((text) => text.replace(/[\u0080-\uffff]/g, (c) => `&#${c.charCodeAt(0)};`)),
    ...marked.map((text) => text.replace(/[\u0080-\uffff]/g, (c) => `&#x${c.charCodeAt(0).toString(16)};`)),
  ]);
}

/** As scripts, forms, browsers (in a query and in a path) and careful servers write it into an address; and once more. */
function percentForms(value: string): readonly string[] {
  const component = encodeURIComponent(value.toWellFormed());
  const strict = component.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  const { pathname, search } = new URL(`http://a/${value.replaceAll("?", "%3f")}?${value.replaceAll("#", "%23")}`);
  const every = [...Buffer.from(value, "utf8")].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const once = [
    component,
    strict,
    form,
    form.replaceAll("+", "%20"),
    component.replaceAll("%20", "+"),
    pathname.slice(1),
    search.slice(1),
    every,
  ];
  return [...once, ...once.map((text) => text.replaceAll("%", "%25"))];
}

function unit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** As part of something longer that is in base64 (RFC 4648): three alignments, each without the digits that its neighbours share. */
function asBase64(bytes: Uint8Array): readonly string[] {
  const cores = [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
    const digits = padded.toString("base64").replace(/=+$/, "");
    const spare = (padded.length * 8) % 6 === 0 ? 0 : 1;
    const core = digits.slice(shift === 0 ? 0 : shift + 1, digits.length - spare);
    return core.length < SHORTEST_ENCODED && bytes.length >= SHORTEST_WITH_NEIGHBOURS
      ? withNeighbours(bytes, shift)
      : core;
  });
  return cores.flatMap((core) => {
    const url = core.replaceAll("+", "-").replaceAll("/", "_");
    return [core, url, encodeURIComponent(core), core.replaceAll("/", "\\/")];
  });
}

/** Of a short one also the digits it shares, with whatever its neighbours may be: without them, too much would be taken for it. */
function withNeighbours(bytes: Uint8Array, shift: number): readonly string[] {
  const [from, to] = [Math.floor((shift * 8) / 6), Math.ceil(((shift + bytes.length) * 8) / 6)];
  const found = new Set<string>();
  for (let before = 0; before < 16; before++) {
    for (let after = 0; after < 16; after++) {
      const around = Buffer.concat([Buffer.alloc(shift, before), bytes, Buffer.of(after << 4)]);
      found.add(around.toString("base64").slice(from, to));
    }
  }
  return [...found];
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
