/** A HAR file (HTTP Archive 1.2): what a browser's developer tools wrote down of a page's traffic. */
import { fromUtf8 } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { isJsonObject, type Json, parseJson } from "../../lib/json.ts";
import { say } from "../said.ts";
import { type Claims, claimsOf } from "./received.ts";

const LONGEST_HAR = 1 << 27;
const LIMITS = { length: LONGEST_HAR, depth: 64 };

/** Throws `too_large`, `malformed`. */
export async function readHar(file: Blob): Promise<Claims> {
  if (file.size > LONGEST_HAR) throw new PlacardError("too_large", say("har_over_128"));
  const text = fromUtf8(new Uint8Array(await file.arrayBuffer()), "HAR file");
  const log = member(parseJson(text.replace(/^\uFEFF/, ""), "HAR file", LIMITS), "log");
  const entries = member(log, "entries");
  if (!Array.isArray(entries)) throw new PlacardError("malformed", say("no_har"));
  const first = entries.find((entry) => isJsonObject(entry)) as Json | undefined;
  const pages = member(log, "pages");
  const page: Json | undefined = Array.isArray(pages) ? (pages[0] as Json | undefined) : undefined;
  const creator = member(log, "creator");
  const made = [member(creator, "name"), member(creator, "version")].filter((part) => typeof part === "string");
  return claimsOf({
    url: member(member(first, "request"), "url"),
    title: member(page, "title"),
    savedAt: member(page, "startedDateTime") ?? member(first, "startedDateTime"),
    software: made.join(" "),
  });
}

function member(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
