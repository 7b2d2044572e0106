/** A saved page: one HTML file, as a browser's "save as" or SingleFile writes it. */
import { PlacardError } from "../../lib/error.ts";
import { plainText } from "../facts/plain-text.ts";
import { say } from "../said.ts";
import { type Claims, claimsOf } from "./received.ts";

/** A page with everything in it, pictures too. */
export const LONGEST_HTML = 1 << 27;
/** What a file says of itself stands at its beginning. */
const BEGINNING = 1 << 18;
const LONGEST_COMMENT = 4096;

/** Throws `too_large`, or `malformed` where it is no HTML. */
export async function readHtml(file: Blob): Promise<Claims> {
  if (file.size > LONGEST_HTML) throw new PlacardError("too_large", say("page_over_128"));
  const bytes = new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer());
  const text = decode(bytes);
  if (!looksLikeHtml(text)) throw new PlacardError("malformed", say("no_html"));
  return claimsOf({ ...savedBy(text), title: titleOf(text) });
}

export function looksLikeHtml(text: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype html|!--|html|head|body|title|meta)/i.test(text.slice(0, 2000));
}

function decode(bytes: Uint8Array): string {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 2048));
  const label = /<meta[^>]{0,200}charset=["']?\s*([\w-]{1,40})/i.exec(head)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // A character set nobody knows.
  }
}

/** Browsers write `saved from url=(0023)https://…` (the number is the address's length), SingleFile its own comment. */
function savedBy(text: string): Partial<Record<keyof Claims, unknown>> {
  for (const comment of commentsOf(text)) {
    const browser = /^\s*saved from url=\(\d{1,6}\)(\S+)/i.exec(comment);
    if (browser !== null) return { url: browser[1], savedAt: undefined, software: "a browser's “save as”" };
    if (!/page saved with singlefile/i.test(comment)) continue;
    const line = (name: string): string | undefined =>
      comment
        .split("\n")
        .map((one) => one.trim())
        .find((one) => one.toLowerCase().startsWith(`${name}:`))
        ?.slice(name.length + 1);
    return { url: line("url"), savedAt: line("saved date"), software: "SingleFile" };
  }
  return { url: undefined, savedAt: undefined, software: undefined };
}

/** The first few comments, each cut: no expression is run over a long text that might make it slow. */
function commentsOf(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf("<!--"); at >= 0 && found.length < 5; at = text.indexOf("<!--", at + 4)) {
    const end = text.indexOf("-->", at);
    found.push(text.slice(at + 4, Math.min(end < 0 ? text.length : end, at + LONGEST_COMMENT)));
  }
  return found;
}

function titleOf(text: string): string | undefined {
  const open = /<title[^>]{0,200}>/i.exec(text);
  if (open === null) return undefined;
  const start = open.index + open[0].length;
  const end = text.slice(start).search(/<\/title/i);
  return end < 0
    ? undefined
    : plainText(text.slice(start, start + Math.min(end, LONGEST_COMMENT))).replace(/\s+/g, " ");
}
