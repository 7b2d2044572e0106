/** One file of an exhibit, opened to be looked at. */
import { pictureKind, sniffMediaType, TELLING_BYTES } from "../capture/media/picture-kind.ts";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import { findExhibit } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { say } from "./said.ts";
import { openField, SHARED_ARCHIVE } from "./shared-archive.ts";
import { fieldsFor, type Viewer } from "./viewer.ts";

/** The post's media are counted from 1. */
export type WhichFile = "picture" | "post-picture" | "text" | "replay" | { readonly media: number };

export interface ExhibitFile {
  /** Of the exhibit. */
  readonly id: string;
  /** The address its page had, as this person is told it; empty where there is none. */
  readonly page: string;
  readonly blob: Blob;
  /** By its bytes, whatever its server called it. Only pictures, sounds and videos of known kinds, and plain text. */
  readonly mediaType: string;
  /** Whether a browser may show it as it is. */
  readonly isSafe: boolean;
  /** A name to save it under. */
  readonly name: string;
}

const FIELDS = {
  picture: ["screenshot"],
  "post-picture": ["postPicture"],
  text: ["visibleText", "sharedText"],
  // What was made to be shared; of an older exhibit, which has none, the archive itself.
  replay: [SHARED_ARCHIVE, "archive"],
} as const;

/** Of what was handed in, the file itself, where it is of this kind. */
const RECEIVED_AS: Readonly<Record<string, string>> = { replay: "wacz", picture: "picture" };

/** Throws `usage`, `not_found` (no such file in it), `erased`. */
export async function openExhibitFile(
  context: RecordContext,
  id: string,
  which: WhichFile,
  viewer: Viewer,
): Promise<ExhibitFile> {
  const { summary, fields: all } = await findExhibit(context, id);
  if (summary.state === "erased")
    throw new PlacardError(
      "erased",
      say("was_erased_reason", { id: summary.id, reason: summary.reason ?? "no reason was kept" }),
    );
  const shown = fieldsFor(all, viewer);
  const named: readonly string[] = typeof which === "string" ? FIELDS[which] : [`media${which.media}`];
  const isReceived = typeof which === "string" && which in RECEIVED_AS && all["kind"] === RECEIVED_AS[which];
  const names = isReceived ? [...named, "received"] : named;
  for (const name of names) {
    const blob = name in shown ? await openField(context.vault, all, name) : undefined;
    if (blob === undefined) continue;
    const mediaType = await typeOf(blob, which);
    const isSafe = mediaType !== "application/octet-stream" && which !== "replay";
    const page = pageIn(shown) ?? (viewer.isGuest ? "" : (summary.url ?? ""));
    return {
      id: summary.id,
      page,
      blob,
      mediaType,
      isSafe,
      name: `${summary.id}-${nameOf(which)}${ENDINGS[mediaType] ?? ""}`,
    };
  }
  throw new PlacardError("not_found", say("no_such_file", { id: summary.id }));
}

function pageIn(shown: Readonly<Record<string, Json>>): string | undefined {
  const claims = isJsonObject(shown["claims"]) ? shown["claims"] : {};
  const told = [shown["finalUrl"], claims["finalUrl"], shown["url"], claims["url"]];
  return told.find((one) => typeof one === "string");
}

const nameOf = (which: WhichFile): string => (typeof which === "string" ? which : `media-${which.media}`);

const ENDINGS: Readonly<Record<string, string>> = {
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/gif": ".gif",
  "image/webp": ".webp",
  "image/avif": ".avif",
  "video/mp4": ".mp4",
  "video/webm": ".webm",
  "video/mp2t": ".ts",
  "audio/mpeg": ".mp3",
  "audio/flac": ".flac",
  "audio/wave": ".wav",
  "application/ogg": ".ogg",
  "text/plain; charset=utf-8": ".txt",
  "application/wacz": ".wacz",
};

async function typeOf(blob: Blob, which: WhichFile): Promise<string> {
  if (which === "text") return "text/plain; charset=utf-8";
  if (which === "replay") return "application/wacz";
  return mediaTypeOf(new Uint8Array(await blob.slice(0, TELLING_BYTES).arrayBuffer()));
}

/** What a file is handed out as, by its first bytes: a picture, sound or video of a kind that is known, or just bytes. */
export function mediaTypeOf(beginning: Uint8Array): string {
  const type = sniffMediaType(beginning);
  const isKnown = type !== undefined && (pictureKind(beginning) !== undefined || !type.startsWith("image/"));
  return isKnown ? type : "application/octet-stream";
}
