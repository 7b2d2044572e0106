/** An exhibit as somebody sees it who decides what of it is for the public. */
import { partsOf } from "../../capture/private/part.ts";
import type { Json } from "../../lib/json.ts";
import { TILE_SIZE, tileBox } from "../../verify/picture.ts";
import type { SealedTiles } from "../../verify/shown-tiles.ts";
import { plainly } from "../../verify/wording.ts";
import { findExhibit } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { refuseErased } from "../export-exhibit.ts";
import { hiddenOf } from "./hand-out.ts";
import { type Proposal, proposedByPage, tilesOf } from "./proposals.ts";
import { type Masks, masked, type Redaction, redactionOf, type StandingRedaction } from "./redaction.ts";
import type { Box } from "./tiles.ts";

type Fields = Readonly<Record<string, Json>>;

export interface RedactionView {
  readonly id: string;
  /** Undefined where no picture was sealed tile by tile. */
  readonly picture?: {
    readonly width: number;
    readonly height: number;
    readonly tile: number;
    /** Rows of each of its parts, from the top. */
    readonly parts: readonly number[];
  };
  /** What of it is withheld now; undefined where nobody has decided yet. */
  readonly standing?: Pick<StandingRedaction, "fields" | "words" | "position" | "at" | "actor"> & {
    readonly boxes: readonly Box[];
  };
  /** Where the page shows people. */
  readonly proposals: readonly Proposal[];
  /** Fields that may be shown, in the act's order. */
  readonly fields: readonly string[];
  /** What names the author, where that is known. */
  readonly names: readonly string[];
}

/** Throws `usage`, `not_found`, `erased`. */
export async function viewRedaction(context: RecordContext, given: string): Promise<RedactionView> {
  const { summary, fields } = await findExhibit(context, given);
  refuseErased(summary);
  const size = tilesOf(fields);
  const standing = await redactionOf(context, summary.id);
  const never = new Set(hiddenOf(fields, { tiles: [], fields: [], words: [] }));
  return {
    id: summary.id,
    ...(size === undefined
      ? {}
      : {
          picture: {
            width: size.width,
            height: size.height,
            tile: TILE_SIZE,
            parts: partsOf(size).map(({ rows }) => rows),
          },
        }),
    ...(standing === undefined ? {} : { standing: { ...about(standing), boxes: boxesOver(size, standing.tiles) } }),
    proposals: proposedByPage(fields),
    fields: Object.keys(fields).filter((name) => !never.has(name) && !STAYS.has(name)),
    names: ["author", "handle"].flatMap((name) => (typeof fields[name] === "string" ? [fields[name]] : [])),
  };
}

/** What an act is and that it is a sample is always told; without the commitment to its tiles there is no picture. */
const STAYS: ReadonlySet<string> = new Set(["act", "sample", "screenshotTiles"]);

function about({ fields, words, position, at, actor }: StandingRedaction) {
  return { fields, words, position, at, actor };
}

/** Rectangles that cover just these tiles. */
function boxesOver(size: SealedTiles | undefined, tiles: readonly number[]): readonly Box[] {
  if (size === undefined) return [];
  const boxes: Box[] = [];
  for (const [first, last] of rowsOf(size, tiles)) {
    const [from, to] = [tileBox(size, first), tileBox(size, last)];
    const row = { x: from.x, y: from.y, width: to.x + to.width - from.x, height: from.height };
    const above = boxes.findIndex(
      ({ x, y, width, height }) => x === row.x && width === row.width && y + height === row.y,
    );
    const over = boxes[above];
    if (over === undefined) boxes.push(row);
    else boxes[above] = { ...over, height: over.height + row.height };
  }
  return boxes;
}

/** Runs of tiles beside one another. */
function rowsOf({ width }: SealedTiles, tiles: readonly number[]): readonly (readonly [number, number])[] {
  const columns = Math.ceil(width / TILE_SIZE);
  const runs: [number, number][] = [];
  for (const tile of tiles) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === tile - 1 && tile % columns !== 0) last[1] = tile;
    else runs.push([tile, tile]);
  }
  return runs;
}

export interface PreviewedField {
  readonly name: string;
  /** `chosen` by the member; `told`: something of what is withheld can be read in it, or it tells of that. */
  readonly state: "shown" | "chosen" | "told";
  /** What is shown, plainly. */
  readonly value?: string;
}

const LONGEST = 2000;

/** What these masks would leave of its fields. Throws as `redactExhibit` does; nothing is sealed. */
export async function previewFields(
  context: RecordContext,
  given: string,
  masks: Omit<Masks, "boxes">,
): Promise<readonly PreviewedField[]> {
  const { summary, fields } = await findExhibit(context, given);
  refuseErased(summary);
  const { boxes: _, ...named } = masked(fields, masks);
  const redaction: Redaction = { ...named, tiles: [] };
  const [never, hidden] = [
    new Set(hiddenOf(fields, { tiles: [], fields: [], words: [] })),
    new Set(hiddenOf(fields, redaction)),
  ];
  return Object.entries(fields)
    .filter(([name]) => !never.has(name) && !STAYS.has(name))
    .map(([name, value]) => fieldAs(name, value, hidden, redaction));
}

function fieldAs(
  name: string,
  value: Fields[string],
  hidden: ReadonlySet<string>,
  redaction: Redaction,
): PreviewedField {
  if (redaction.fields.includes(name)) return { name, state: "chosen" };
  if (hidden.has(name)) return { name, state: "told" };
  return { name, state: "shown", value: plainly(value).slice(0, LONGEST).toWellFormed() };
}
