/** A part of a page's picture as it is looked at before it is redacted, or as the public would see it: a long one is never sent whole. */
import { type Part, partsOf } from "../../capture/private/part.ts";
import { inThread, threadFile } from "../../capture/reading/in-thread.ts";
import { PlacardError } from "../../lib/error.ts";
import { Turnstile } from "../../lib/turnstile.ts";
import { TILE_SIZE, tileCount } from "../../verify/picture.ts";
import { findExhibit } from "../acts.ts";
import { errorOf } from "../capture-messages.ts";
import type { RecordContext } from "../context.ts";
import { refuseErased } from "../export-exhibit.ts";
import { say } from "../said.ts";
import { openField } from "../shared-archive.ts";
import type { PartMade } from "./part-worker.ts";
import { tilesOf } from "./proposals.ts";

const WORKER = threadFile("part-worker", import.meta.url);
/** Milliseconds for one, and to wait for one's turn. */
const PATIENCE = 20_000;

/** Each takes some ten megabytes, and a quarter of a second. */
const turn = new Turnstile();

/** As PNG. `covered`: numbers of the picture's tiles; those of other parts do not matter. Throws `not_found`, `erased`, `malformed`, `busy`. */
export async function partPicture(
  context: RecordContext,
  given: string,
  number: number,
  covered: ReadonlySet<number>,
): Promise<Uint8Array> {
  const { summary, fields } = await findExhibit(context, given);
  refuseErased(summary);
  const size = tilesOf(fields);
  const part = size === undefined ? undefined : partsOf(size)[number];
  const picture = part === undefined ? undefined : await openField(context.vault, fields, "screenshot");
  if (size === undefined || part === undefined || picture === undefined)
    throw new PlacardError("not_found", say("no_such_file", { id: summary.id }));
  const leave = await turn.enter(PATIENCE);
  try {
    const bytes = new Uint8Array(await picture.arrayBuffer());
    const wanted = { bytes, part, covered: within(size.width, part, covered) };
    const made = await inThread<PartMade>(WORKER, wanted, PATIENCE);
    if (typeof made === "string") throw new PlacardError("malformed", say("picture_not_made_small"));
    if ("trouble" in made) throw errorOf(made.trouble);
    return made.png;
  } finally {
    leave();
  }
}

function within(width: number, { top, rows }: Part, covered: ReadonlySet<number>): readonly number[] {
  const first = Math.ceil(width / TILE_SIZE) * (top / TILE_SIZE);
  const count = tileCount({ width, height: rows });
  return [...covered].map((tile) => tile - first).filter((tile) => tile >= 0 && tile < count);
}
