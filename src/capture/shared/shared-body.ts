/** A body with everything taken out that must not be shared. */
import { utf8 } from "../../lib/bytes.ts";
import { isPlacardError } from "../../lib/error.ts";
import { isJsonObject, type Json, parseJson } from "../../lib/json.ts";
import type { SpooledBytes } from "../netlog/exchange.ts";
import type { Spool } from "../netlog/spool.ts";
import { type Coded, codingsOf, decodedBody } from "./decoded.ts";
import type { Search } from "./search.ts";
import { MARKER } from "./secret.ts";

/** What cannot be looked into is left out whole. */
const UNREADABLE = utf8(`${MARKER}: this body cannot be looked into`);

export interface SharedBody {
  readonly body: SpooledBytes;
  /** How many values were taken out; `all` where the body is gone as a whole. */
  readonly removed: number | "all";
}

/** Undefined where there is nothing to take out: the body then stays as it is, byte for byte. Throws `storage`. */
export async function shareBody(coded: Coded, search: Search, spool: Spool): Promise<SharedBody | undefined> {
  if (coded.body.length === 0) return undefined;
  try {
    const isCoded = coded.chunked || codingsOf(coded.headers).length > 0;
    // Undecoded too: trailers, and whatever stands behind the end of what is compressed.
    const found =
      (await findsAny(search, decodedBody(coded))) || (isCoded && (await findsAny(search, coded.body.chunks())));
    if (!found) return undefined;
    return await rewrite(search, decodedBody(coded), spool);
  } catch (error) {
    if (!isPlacardError(error) || !["malformed", "unsupported", "too_large"].includes(error.code)) throw error;
    return leftOut(spool);
  }
}

/** For bodies of which we know that we cannot look into them. */
export function leftOut(spool: Spool): SharedBody {
  const body = spool.target();
  body.append(UNREADABLE);
  return { body, removed: "all" };
}

async function findsAny(search: Search, chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  let found = false;
  for await (const _ of search.removeFrom(chunks, () => (found = true))) if (found) return true;
  return found;
}

async function rewrite(search: Search, chunks: AsyncIterable<Uint8Array>, spool: Spool): Promise<SharedBody> {
  const body = spool.target();
  let removed = 0;
  for await (const chunk of search.removeFrom(chunks, () => removed++)) {
    body.append(chunk);
    await spool.drain();
  }
  return { body, removed };
}

/** The messages of a WebSocket (docs/formats/capture.md): text by text; of bytes in base64, and of compressed ones, a message is kept or left out. */
export async function shareMessages(
  messages: SpooledBytes,
  search: Search,
  spool: Spool,
): Promise<SharedBody | undefined> {
  const body = spool.target();
  let removed = 0;
  for await (const line of linesOf(messages)) {
    const shared = shareLine(line, search);
    removed += shared.removed;
    body.append(utf8(`${shared.line}\n`));
    await spool.drain();
  }
  return removed === 0 ? undefined : { body, removed };
}

function shareLine(line: string, search: Search): { readonly line: string; readonly removed: number } {
  let removed = 0;
  const said = messageIn(line);
  const { base64, deflated } = said;
  const hides = typeof base64 === "string" && findsIn(search, Buffer.from(base64, "base64"));
  if (deflated !== undefined || hides) {
    const { base64: _, deflated: __, ...rest } = said;
    return { line: search.removeFromText(JSON.stringify({ ...rest, removed: true }), () => undefined), removed: 1 };
  }
  return { line: search.removeFromText(line, () => removed++), removed };
}

function messageIn(line: string): Readonly<Record<string, Json>> {
  try {
    const said = parseJson(line, "message", { length: 1 << 24, depth: 4 });
    return isJsonObject(said) ? said : {};
  } catch {
    return {};
  }
}

function findsIn(search: Search, bytes: Uint8Array): boolean {
  let found = false;
  search.removeFromBytes(bytes, () => (found = true));
  return found;
}

async function* linesOf(bytes: SpooledBytes): AsyncGenerator<string> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes.chunks()) {
    held = Buffer.concat([held, chunk]);
    let from = 0;
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10, from)) {
      yield held.toString("utf8", from, end);
      from = end + 1;
    }
    held = held.subarray(from);
  }
  if (held.length > 0) yield held.toString("utf8");
}
