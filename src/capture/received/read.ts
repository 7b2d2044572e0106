/** Tells what a received file is, by its bytes and not by its name, and reads it. */
import { PlacardError } from "../../lib/error.ts";
import type { WaczOptions } from "../../verify/wacz.ts";
import { readHar } from "./har.ts";
import { looksLikeHtml, readHtml } from "./html.ts";
import { readPlacard } from "./placard.ts";
import { MEDIA_TYPES, type ReceivedFile, type ReceivedKind } from "./received.ts";
import { readWaczFile } from "./wacz.ts";
import { readWarcFile } from "./warc.ts";

export interface ReadOptions extends WaczOptions {
  readonly signal?: AbortSignal;
}

/** Throws `unsupported` for what is none of the kinds, `mismatch` for a proof that does not hold, `malformed`, `too_large`, `cancelled`. */
export async function readReceived(file: Blob, options: ReadOptions): Promise<ReceivedFile> {
  const kind = await kindOf(file);
  const mediaType = MEDIA_TYPES[kind];
  switch (kind) {
    case "wacz":
      return { kind, mediaType, ...(await readWaczFile(file, options)) };
    case "placard":
      return { kind, mediaType, ...(await readPlacard(file, options)) };
    case "warc":
      return { kind, mediaType, ...(await readWarcFile(file, options.signal)) };
    case "har":
      return { kind, mediaType, claims: await readHar(file), checks: [] };
    case "html":
      return { kind, mediaType, claims: await readHtml(file), checks: [] };
  }
}

async function kindOf(file: Blob): Promise<ReceivedKind> {
  const bytes = new Uint8Array(await file.slice(0, 2048).arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  // Its writer puts the act first, and its reader refuses what was packed by anything else.
  if (text.startsWith("PK\u0003\u0004") && text.slice(30, 39) === "act.sdjwt") return "placard";
  if (text.startsWith("PK\u0003\u0004")) return "wacz";
  if ((bytes[0] === 0x1f && bytes[1] === 0x8b) || text.startsWith("WARC/")) return "warc";
  if (/^\uFEFF?\s*\{/.test(text)) return "har";
  if (looksLikeHtml(text)) return "html";
  throw new PlacardError("unsupported", "The file is none of the kinds that can be taken in.", {
    next: "A web archive (.wacz, .warc, .warc.gz), a HAR file (.har), a saved page (.html) or a proof (.placard) can be.",
  });
}
