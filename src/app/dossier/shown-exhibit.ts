/** What of an exhibit stands in a dossier: exactly what two people agreed to. */
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { isJsonObject, type Json } from "../../lib/json.ts";
import { type ShownExhibit, WITHHELD_FACTS } from "../../show/dossier/content.ts";
import { publicOf } from "../../show/fold.ts";
import { printedPicture } from "../../show/screenshot.ts";
import { findExhibit } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { shareableFacts } from "../held-back.ts";
import { verifyUrl, witnessedBefore } from "../placard-content.ts";
import { framedPlace, framedWords, recordedAt } from "../redact/framed.ts";
import { hiddenOf, shownUnder } from "../redact/hand-out.ts";
import { redactedPicture } from "../redact/redacted-picture.ts";
import { type Redaction, redactionAt } from "../redact/redaction.ts";
import { say } from "../said.ts";
import type { PassedExhibit } from "./case-snapshot.ts";

type Fields = Readonly<Record<string, Json>>;
type Picture = ShownExhibit["picture"];

/** Of one picture, and of all in a dossier, as characters of the page. */
const LONGEST_PICTURE = 1 << 20;
const LONGEST_PICTURES = 32 << 20;

/** How much room there still is for pictures. */
export interface Room {
  left: number;
}

export const roomForPictures = (): Room => ({ left: LONGEST_PICTURES });

/** Throws `conflict` (erased meanwhile), `not_found`, `malformed`. */
export async function shownExhibit(
  context: RecordContext,
  { id, agreed, standing }: PassedExhibit,
  room: Room,
): Promise<ShownExhibit> {
  const exhibit = await findExhibit(context, id);
  const { summary, fields, words } = exhibit;
  if (summary.state === "erased") throw changedMeanwhile();
  const redaction = await redactionAt(context, agreed.redaction.position);
  const shown = shownUnder(fields, redaction);
  const picture = await pictureOf(context, fields, redaction, room);
  const witnessed = await witnessedBefore(context, exhibit);
  const publication = publicOf(standing);
  return {
    id,
    words,
    verifyUrl: verifyUrl(context, id),
    ...framedWords(shown, agreed.note),
    ...framedPlace(shown),
    recordedAt: recordedAt(shown, summary.sealedAt),
    isReceived: fields["act"] === "received",
    ...(witnessed === undefined ? {} : { witnessed }),
    note: agreed.note.text,
    corrections: correctionsOf(standing.corrections),
    withheld: withheldOf(fields, redaction, picture),
    ...(picture === undefined ? {} : { picture }),
    ...(publication === undefined ? {} : { publishedAt: publication.at }),
  };
}

export function changedMeanwhile(): PlacardError {
  return new PlacardError("conflict", say("dossier_changed"), { next: say("dossier_again") });
}

/** Those that a second person agreed to. */
function correctionsOf(all: PassedExhibit["standing"]["corrections"]): ShownExhibit["corrections"] {
  return all.flatMap(({ confirmedAt, what, why }) =>
    confirmedAt === undefined ? [] : [{ at: confirmedAt, what, why }],
  );
}

function withheldOf(fields: Fields, redaction: Redaction, picture: Picture): ShownExhibit["withheld"] {
  const hidden = hiddenOf(fields, redaction);
  const said = shareableFacts(shownUnder(fields, redaction));
  const { screenshotTiles: tiles } = fields;
  const count = isJsonObject(tiles) && typeof tiles["count"] === "number" ? tiles["count"] : 0;
  return {
    // What has a form made for sharing is told in that.
    facts: WITHHELD_FACTS.filter((name) => hidden.includes(name) && said[name] === undefined),
    tiles: redaction.tiles.length,
    ofTiles: count,
    picture: "screenshot" in fields && picture === undefined,
  };
}

/** The post's own; the page's where the post could not be cut out of it. Nothing of it where somebody withheld the picture as such. */
async function pictureOf({ vault }: RecordContext, fields: Fields, redaction: Redaction, room: Room): Promise<Picture> {
  const isNamed = ["screenshot", "postPicture"].some((name) => redaction.fields.includes(name));
  const isWithheld = isNamed || hiddenOf(fields, redaction).includes("screenshotTiles");
  if (!("screenshotTiles" in fields) || isWithheld) return undefined;
  const of = "postPicture" in fields ? "post" : "page";
  try {
    const printed = printedPicture(await redactedPicture(vault, fields, new Set(redaction.tiles), of));
    const { length } = printed.url;
    if (length > LONGEST_PICTURE || length > room.left) return "too-large";
    room.left -= length;
    return { ...printed, of };
  } catch (error) {
    if (isPlacardError(error, "too_large")) return "too-large";
    throw error;
  }
}
