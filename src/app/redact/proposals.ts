/**
 * What of an exhibit's picture somebody may want to withhold: where the page itself shows people, and what a machine finds in the picture.
 * Nothing of it is sealed, kept or done: a person says what is withheld (redaction.ts).
 */
import { type PlaceBox, type PlaceKind, soundPlaces } from "../../capture/page/private-places.ts";
import { lookForPrivate } from "../../capture/private/look-for-private.ts";
import { type Part, partsOf } from "../../capture/private/part.ts";
import { PlacardError } from "../../lib/error.ts";
import type { Json } from "../../lib/json.ts";
import type { PictureSize } from "../../verify/picture.ts";
import { type SealedTiles, sealedTilesIn } from "../../verify/shown-tiles.ts";
import { findExhibit } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { refuseErased } from "../export-exhibit.ts";
import { enterReading } from "../reading.ts";
import { say } from "../said.ts";
import { openField } from "../shared-archive.ts";
import { type Known, privateWords, type WordKind } from "./private-words.ts";
import type { Box } from "./tiles.ts";

type Fields = Readonly<Record<string, Json>>;

export type ProposalKind = Exclude<PlaceKind, "picture"> | WordKind | "face" | "code";

export interface Proposal {
  readonly kind: ProposalKind;
  /** Who says so: the page's own marks, or a machine that read the picture or looked for codes or faces. */
  readonly by: "page" | "reading" | "codes" | "faces";
  readonly box: Box;
}

export interface ProposedInPart {
  readonly proposals: readonly Proposal[];
  /** How many parts there are. */
  readonly parts: number;
  /** Whether something in this one was not looked at, for want of time. */
  readonly isCut: boolean;
}

/** What is sealed of the picture's tiles; undefined where there is no picture that can be redacted. */
export function tilesOf(fields: Fields): SealedTiles | undefined {
  return "screenshotTiles" in fields ? sealedTilesIn(fields["screenshotTiles"]) : undefined;
}

/** Where the page shows people, as it was sealed; nothing of an exhibit that was sealed before that was read. */
export function proposedByPage(fields: Fields): readonly Proposal[] {
  const size = tilesOf(fields);
  const { picture: _, ...people } = soundPlaces(fields["privatePlaces"]) ?? {};
  if (size === undefined) return [];
  return Object.entries(people).flatMap(([kind, places]) =>
    (places as readonly PlaceBox[]).flatMap((place) => {
      const box = boxIn(size, place);
      return box === undefined ? [] : [{ kind: kind as keyof typeof people, by: "page" as const, box }];
    }),
  );
}

function boxIn(size: PictureSize, [x, y, wide, high]: PlaceBox): Box | undefined {
  const [width, height] = [Math.min(wide, size.width - x), Math.min(high, size.height - y)];
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/**
 * Has a machine look through one part of the picture, the topmost being 0, for `words`, for what is known of the author, for what has the form of a
 * handle or an address, for codes and for faces. It takes some seconds. Throws `not_found`, `erased`, `malformed`, `busy`.
 */
export async function proposedInPart(
  context: RecordContext,
  given: string,
  number: number,
  words: readonly string[] = [],
): Promise<ProposedInPart> {
  const { summary, fields } = await findExhibit(context, given);
  refuseErased(summary);
  const size = tilesOf(fields);
  const picture = await openField(context.vault, fields, "screenshot");
  if (size === undefined || picture === undefined) throw new PlacardError("not_found", say("no_tiles"));
  const parts = partsOf(size);
  const part = parts[number];
  if (part === undefined) throw new PlacardError("not_found", say("no_such_file", { id: summary.id }));
  const leave = await enterReading();
  try {
    const { proposals, isCut } = await look(picture, part, size, { fields, known: knownOf(fields, words) });
    return { proposals: withoutRepeats(proposals, proposedByPage(fields)), parts: parts.length, isCut };
  } finally {
    leave();
  }
}

interface Sought {
  readonly fields: Fields;
  readonly known: Known;
}

async function look(picture: Blob, part: Part, size: PictureSize, { fields, known }: Sought) {
  // Where the page was not read for people, a face may be anywhere.
  const pictures = "privatePlaces" in fields ? (soundPlaces(fields["privatePlaces"])?.picture ?? []) : undefined;
  const found = await lookForPrivate(picture, part, size, pictures);
  const as = (kind: ProposalKind, by: Proposal["by"], place: PlaceBox): readonly Proposal[] => {
    const box = boxIn(size, place);
    return box === undefined ? [] : [{ kind, by, box }];
  };
  const proposals = [
    ...privateWords(found.words, known).flatMap(({ kind, box }) => as(kind, "reading", box)),
    ...found.codes.flatMap((box) => as("code", "codes", box)),
    ...found.faces.flatMap((box) => as("face", "faces", box)),
  ];
  return { proposals, isCut: found.isCut };
}

function knownOf({ author, handle }: Fields, words: readonly string[]): Known {
  const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
  return { author: text(author), handle: text(handle), words };
}

/** How much of a place may lie outside of another one for it to be told once. */
const BESIDE = 0.2;

function withoutRepeats(proposals: readonly Proposal[], told: readonly Proposal[]): readonly Proposal[] {
  const kept: Proposal[] = [];
  for (const one of proposals) if (![...told, ...kept].some((other) => isTold(one, other))) kept.push(one);
  return kept;
}

/** What one machine takes a place for has no say over what another one does. */
function isTold({ box, by }: Proposal, other: Proposal): boolean {
  return (other.by === "page" || other.by === by) && sharedOf(box, other.box) > (1 - BESIDE) * box.width * box.height;
}

function sharedOf(one: Box, other: Box): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, across) * Math.max(0, down);
}
