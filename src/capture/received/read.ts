/** Tells what a received file is, by its bytes and not by its name, and reads it. */
import { constants, gunzipSync } from "node:zlib";
import { PlacardError } from "../../lib/error.ts";
import type { WaczOptions } from "../../verify/wacz.ts";
import type { SeenPicture } from "../media/look-at-pictures.ts";
import { say } from "../said.ts";
import { readHar } from "./har.ts";
import { looksLikeHtml, readHtml } from "./html.ts";
import { readPicture, receivedPicture } from "./picture.ts";
import { readPlacard } from "./placard.ts";
import { MEDIA_TYPES, type ReceivedFile, type ReceivedKind } from "./received.ts";
import { readWaczFile } from "./wacz.ts";
import { readWarcFile } from "./warc.ts";

export interface ReadOptions extends WaczOptions {
  readonly signal?: AbortSignal;
  /** Decodes the file, where it is a picture, away from this thread. */
  readonly lookAtPicture?: () => Promise<SeenPicture>;
}

/** Throws `unsupported` for what is none of the kinds, `mismatch` for a proof that does not hold, `malformed`, `too_large`, `cancelled`. */
export async function readReceived(file: Blob, options: ReadOptions): Promise<ReceivedFile> {
  const kind = await kindOf(file);
  if (kind === "picture") return readPicture(file, options.lookAtPicture);
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
  if (text.startsWith("PK\u0003\u0004") && new TextDecoder("latin1").decode(bytes.subarray(30, 39)) === "act.sdjwt")
    return "placard";
  if (receivedPicture(bytes) !== undefined) return "picture";
  if (text.startsWith("PK\u0003\u0004")) {
    if (!text.includes("[Content_Types].xml")) return "wacz";
    throw new PlacardError("unsupported", say("office_document"), {
      next: say("save_as_csv"),
    });
  }
  if (text.startsWith("WARC/")) return "warc";
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    if (unpacksToWarc(bytes)) return "warc";
    throw new PlacardError("malformed", say("packed_no_archive"));
  }
  if (/^\uFEFF?\s*\{/.test(text)) return "har";
  if (DRAWING.test(text)) {
    throw new PlacardError("unsupported", say("drawing"), {
      next: say("screenshot_of_it"),
    });
  }
  if (looksLikeHtml(text)) return "html";
  throw new PlacardError("unsupported", say("no_kind"), {
    next: "A screenshot (PNG, JPEG, WebP), a web archive (.wacz, .warc, .warc.gz), a HAR file (.har), a saved page (.html) or a proof (.placard) can be.",
  });
}

/** Told by its beginning: whatever else was packed small may unpack to more than there is room for. */
function unpacksToWarc(beginning: Uint8Array): boolean {
  try {
    const start = gunzipSync(beginning, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, 5).toString("latin1");
    return "WARC/".startsWith(start);
  } catch {
    // Damaged, which is for its reader to say, as it is of one that breaks off.
    return true;
  }
}

/** Whatever stands before it: a browser would run what is in it. */
const DRAWING = /^\uFEFF?(?:\s|<!--[^]*?-->|<\?[^>]*>|<!doctype svg[^>]*>)*<(?:\w+:)?svg[\s>]/i;
