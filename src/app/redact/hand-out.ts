/** The file one hands to anyone of an exhibit that was redacted: what may be shown, and the proof that it was sealed. */
import { PlacardError } from "../../lib/error.ts";
import type { Json } from "../../lib/json.ts";
import { serialise, withhold } from "../../record/sd-jwt.ts";
import { type ExhibitDetail, findExhibit } from "../acts.ts";
import type { RecordContext } from "../context.ts";
import { type ExportResult, hiddenWith, hidesNoName, proofFor, refuseErased } from "../export-exhibit.ts";
import { heldBack, pointsAtBlob } from "../held-back.ts";
import { say } from "../said.ts";
import { writePlacardFile } from "../write-placard.ts";
import { assertWritable, writeTarget } from "../write-target.ts";
import { leaksIn } from "./leaks.ts";
import { redactPicture } from "./redacted-picture.ts";
import { type Redaction, redactionOf } from "./redaction.ts";

type Fields = Readonly<Record<string, Json>>;

/** Writes it to `target`, whole or not at all. Throws `usage` (nobody has redacted it yet), `not_found`, `erased`, `storage`. */
export async function exportRedacted(context: RecordContext, given: string, target: string): Promise<ExportResult> {
  await assertWritable(target);
  const { chunks, ...proof } = await redactedProofOf(context, given);
  return { ...proof, file: target, bytes: await writeTarget(target, chunks) };
}

/** The same as a stream of its bytes. */
export async function redactedProofOf(
  context: RecordContext,
  given: string,
): Promise<Omit<ExportResult, "file" | "bytes"> & { readonly chunks: AsyncGenerator<Uint8Array> }> {
  const exhibit = await findExhibit(context, given);
  refuseErased(exhibit.summary);
  const redaction = await redactionOf(context, exhibit.summary.id);
  if (redaction === undefined) throw new PlacardError("usage", say("not_redacted"), { next: say("redact_first") });
  const { file, withheld } = await handedOut(context, exhibit, redaction);
  const { summary, words, fields } = exhibit;
  return { id: summary.id, words, chunks: file, withheld, heldBack: [], hidesNoName: hidesNoName(fields) };
}

export interface HandedOut {
  /** What anybody may read of it. */
  readonly shown: Fields;
  readonly withheld: readonly string[];
  /** The picture of the page without the tiles that are withheld (PNG), where it may be shown at all. */
  readonly picture: Uint8Array | undefined;
  /** The `.placard` file. */
  readonly file: AsyncGenerator<Uint8Array>;
}

/** What anyone is handed of an exhibit under this redaction. Throws `not_found`, `malformed`. */
export async function handedOut(
  context: RecordContext,
  { summary, sealed, fields }: ExhibitDetail,
  redaction: Redaction,
): Promise<HandedOut> {
  const withheld = hiddenOf(fields, redaction);
  const redacted =
    "screenshotTiles" in fields && !withheld.includes("screenshotTiles")
      ? await redactPicture(context.vault, fields, new Set(redaction.tiles))
      : undefined;
  const { proof, tokens } = await proofFor(context, summary.position);
  const file = writePlacardFile({
    act: serialise(withhold(sealed, withheld)),
    proof,
    vkey: context.file.vkey,
    timestamps: tokens,
    ...(redacted === undefined ? {} : { redacted }),
    blobs: [],
  });
  return { shown: shownOf(fields, withheld), withheld, picture: redacted?.picture, file };
}

/** What anybody may read of it under this redaction. */
export function shownUnder(fields: Fields, redaction: Redaction): Fields {
  return shownOf(fields, hiddenOf(fields, redaction));
}

function shownOf(fields: Fields, withheld: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !withheld.includes(name)));
}

/**
 * Fields that are not shown: those that a person named, everything that points at a file (a file is seen by nobody tile by tile), and
 * every field in which something of what was named can be read.
 */
export function hiddenOf(fields: Fields, redaction: Redaction): readonly string[] {
  const files = Object.keys(fields).filter((name) => pointsAtBlob(fields[name]));
  const named = [...redaction.fields, ...files, ...NOT_PUBLIC];
  const hidden = new Set(hiddenWith(named, heldBack(fields), fields).filter((name) => name in fields));
  for (const name of leaksIn(shownOf(fields, [...hidden]), secretsOf(fields, redaction))) hidden.add(name);
  return [...hidden];
}

/** What must be read nowhere: the words that a person named, and what the withheld names of people say. */
function secretsOf(fields: Fields, { fields: withheld, words }: Redaction): readonly string[] {
  const names = withheld.flatMap((name) => {
    const value = fields[name];
    return NAMES.has(name) && typeof value === "string" ? [value] : [];
  });
  return [...new Set([...words, ...names])];
}

/** Where the post's pictures lie, which would show what is covered; and what the group noted for itself. */
const NOT_PUBLIC = ["media", "mediaMissing", "note", "case", "session"] as const;
/** Fields whose whole value is somebody's name. */
const NAMES: ReadonlySet<string> = new Set(["author", "handle"]);
