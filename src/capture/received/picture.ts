/** A picture that somebody hands in, a screenshot mostly. It says nothing of itself that we would repeat. */
import { PlacardError } from "../../lib/error.ts";
import type { SeenPicture } from "../media/look-at-pictures.ts";
import { inAct } from "../media/media-facts.ts";
import { LONGEST_PICTURE, sniffMediaType, TELLING_BYTES } from "../media/picture-kind.ts";
import { say } from "../said.ts";
import type { ReceivedFile } from "./received.ts";

/** What phones and computers write screenshots as. */
const TAKEN: ReadonlySet<string | undefined> = new Set(["image/png", "image/jpeg", "image/webp"]);

/** Its media type; undefined for what is no picture of a kind that is taken in. */
export function receivedPicture(beginning: Uint8Array): string | undefined {
  const type = sniffMediaType(beginning);
  return TAKEN.has(type) ? type : undefined;
}

/** Throws `too_large`, and `malformed` where it cannot be decoded: what no program shows is no picture. */
export async function readPicture(file: Blob, look: (() => Promise<SeenPicture>) | undefined): Promise<ReceivedFile> {
  if (file.size > LONGEST_PICTURE) throw new PlacardError("too_large", say("picture_over_32"));
  const mediaType = receivedPicture(new Uint8Array(await file.slice(0, TELLING_BYTES).arrayBuffer()));
  if (look === undefined) throw new PlacardError("unsupported", say("no_pictures_here"));
  const seen = await look();
  if (mediaType === undefined || seen.broken === true) {
    throw new PlacardError("malformed", say("begins_like_picture"), {
      next: say("screenshot_of_picture"),
    });
  }
  return { kind: "picture", mediaType, claims: {}, picture: inAct(seen), checks: [] };
}
