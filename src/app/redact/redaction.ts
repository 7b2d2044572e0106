/** Which of an exhibit is not to be shown in public: an act of its own (docs/formats/redaction.md). The newest one stands. */
import { actsAbout } from "../../index/likeness.ts";
import { PlacardError } from "../../lib/error.ts";
import type { Json } from "../../lib/json.ts";
import type { Act } from "../../record/act.ts";
import { openAct } from "../../record/sd-jwt.ts";
import { type SealedTiles, sealedTilesIn } from "../../verify/shown-tiles.ts";
import { findExhibit, readEach } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { finishErasures } from "../erase-exhibit.ts";
import { refuseErased } from "../export-exhibit.ts";
import { say } from "../said.ts";
import { seal } from "../seal.ts";
import { type Box, tilesUnder } from "./tiles.ts";

export const REDACTED = "redacted";

const LONGEST_WORD = 200;
const MOST_WORDS = 100;
const MOST_BOXES = 1000;

export interface Masks {
  /** What of the picture is covered; each tile that one touches is withheld whole. */
  readonly boxes?: readonly Box[];
  /** Fields that are not shown. */
  readonly fields?: readonly string[];
  /** Words that must stand in nothing that is shown: a name, a handle, a street. */
  readonly words?: readonly string[];
}

export interface Redaction {
  /** Numbers of tiles, in order. */
  readonly tiles: readonly number[];
  readonly fields: readonly string[];
  readonly words: readonly string[];
}

/** The one that stands, and where it was sealed. */
export interface StandingRedaction extends Redaction {
  /** Of the act `redacted`, in the ledger. */
  readonly position: number;
  /** When, and by whom (a pseudonym). */
  readonly at: string;
  readonly actor: string | null;
}

export interface Redacted {
  readonly id: string;
  readonly tiles: number;
  readonly of: number;
  readonly fields: readonly string[];
}

/**
 * Seals what of an exhibit is withheld in public; it takes the place of what was said of that before. Throws `usage`, `not_found`,
 * `erased`, `storage`.
 */
export async function redactExhibit(
  context: RecordContext,
  given: string,
  masks: Masks,
  actor?: string,
): Promise<Redacted> {
  const { summary, fields } = await findExhibit(context, given);
  refuseErased(summary);
  const { fields: named, words, boxes } = masked(fields, masks);
  const sealed = "screenshotTiles" in fields ? sealedTilesIn(fields["screenshotTiles"]) : undefined;
  const tiles = boxes.length === 0 ? [] : tilesOf(sealed, boxes);
  const act: Act = {
    act: REDACTED,
    of: summary.id,
    position: summary.position,
    tiles: rangesOf(tiles),
    withheld: [...named],
    words: [...words],
    ...(actor === undefined ? {} : { actor }),
  };
  await seal(context, act);
  // Somebody may have erased it meanwhile; what was said of it then goes as well.
  if ((await context.index.filingsLeft()).length > 0) await finishErasures(context);
  return { id: summary.id, tiles: tiles.length, of: sealed?.count ?? 0, fields: named };
}

/** What is asked for, tidied. Throws `usage`. */
export function masked(fields: Readonly<Record<string, Json>>, masks: Masks): Required<Masks> {
  return {
    boxes: masks.boxes ?? [],
    fields: fieldsNamed(masks.fields ?? [], fields),
    words: wordsGiven(masks.words ?? []),
  };
}

function fieldsNamed(names: readonly string[], fields: Readonly<Record<string, Json>>): readonly string[] {
  const unknown = names.find((name) => !(name in fields));
  if (unknown !== undefined) throw new PlacardError("usage", say("no_such_field", { name: unknown }));
  if (names.includes("sample")) throw new PlacardError("usage", say("sample_stays"));
  return [...new Set(names)].toSorted();
}

function wordsGiven(words: readonly string[]): readonly string[] {
  const tidied = [...new Set(words.map((word) => word.normalize("NFC").trim()))].filter((word) => word !== "");
  if (tidied.length > MOST_WORDS || tidied.some((word) => word.length > LONGEST_WORD))
    throw new PlacardError("usage", say("too_many_words", { count: MOST_WORDS, length: LONGEST_WORD }));
  return tidied;
}

function tilesOf(sealed: SealedTiles | undefined, boxes: readonly Box[]): readonly number[] {
  if (sealed === undefined) throw new PlacardError("not_found", say("no_tiles"));
  if (boxes.length > MOST_BOXES) throw new PlacardError("usage", say("too_many_boxes", { count: MOST_BOXES }));
  const outside = boxes.find(
    ({ x, y, width, height }) =>
      ![x, y, width, height].every((side) => Number.isFinite(side)) ||
      !(width > 0 && height > 0 && x < sealed.width && y < sealed.height && x + width > 0 && y + height > 0),
  );
  if (outside !== undefined)
    throw new PlacardError("usage", say("box_outside", { width: sealed.width, height: sealed.height }));
  return [...tilesUnder(sealed, boxes)];
}

/** `[first, last]` of each run of numbers. */
function rangesOf(tiles: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const tile of tiles) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === tile - 1) last[1] = tile;
    else ranges.push([tile, tile]);
  }
  return ranges;
}

/** What stands; undefined where nobody has looked at what may be shown. */
export async function redactionOf(context: RecordContext, id: string): Promise<StandingRedaction | undefined> {
  const about = await context.index.ask((raw) => actsAbout(raw, id));
  const newest = about.findLast(({ act }) => act === REDACTED);
  if (newest === undefined) return undefined;
  const { position, at, actor } = newest;
  return { ...(await redactionAt(context, position)), position, at, actor };
}

/** The one that an act at this place in the ledger says. Throws `malformed`, `not_found` (erased). */
export async function redactionAt({ vault }: RecordContext, position: number): Promise<Redaction> {
  for await (const sealed of readEach(vault, position, position + 1)) {
    // Nothing may be shown by what cannot be read.
    if (sealed instanceof PlacardError) throw sealed;
    const { tiles, withheld, words } = openAct(sealed).act;
    return { tiles: numbersIn(tiles), fields: textsIn(withheld), words: textsIn(words) };
  }
  throw unreadable();
}

function numbersIn(ranges: Json | undefined): readonly number[] {
  if (!Array.isArray(ranges)) throw unreadable();
  return (ranges as readonly Json[]).flatMap((range) => {
    const [first, last] = Array.isArray(range) ? (range as readonly Json[]) : [];
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || Number(last) < Number(first)) throw unreadable();
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i);
  });
}

function textsIn(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value) || !(value as readonly Json[]).every((one) => typeof one === "string")) throw unreadable();
  return value as readonly string[];
}

function unreadable(): PlacardError {
  return new PlacardError("malformed", say("redaction_unreadable"));
}
