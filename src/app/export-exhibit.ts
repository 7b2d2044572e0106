/** export: the file one hands to others. */
import { HIDES_NO_NAME } from "../capture/shared/secret.ts";
import { formatProof } from "../ledger/proof.ts";
import { PlacardError } from "../lib/error.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import { serialise, withhold } from "../record/sd-jwt.ts";
import { type ExhibitDetail, findExhibit } from "./acts.ts";
import { attestedFor } from "./attested.ts";
import type { RecordContext } from "./context.ts";
import { heldBack, neverShown } from "./held-back.ts";
import { say } from "./said.ts";
import { openField } from "./shared-archive.ts";
import { writePlacardFile } from "./write-placard.ts";
import { assertWritable, writeTarget } from "./write-target.ts";

/** By which the post is found as by its own. */
const OTHER_ADDRESSES: ReadonlySet<string> = new Set(["activityLink", "atUri", "oembedLink", "factAddresses"]);

export interface ExportResult {
  readonly id: string;
  readonly words: readonly string[];
  readonly file: string;
  readonly bytes: number;
  readonly withheld: readonly string[];
  /** Of these, what was held back without having been asked for. */
  readonly heldBack: readonly string[];
  /** It was captured under a session for which no name was given: none was looked for in what is shared. */
  readonly hidesNoName: boolean;
}

/**
 * Writes the exhibit's proof to `target`, whole or not at all. `show` names fields to hand out although they are held back
 * otherwise (held-back.ts). Throws `usage`, `not_found`, `erased`, `storage`.
 */
export async function exportExhibit(
  context: RecordContext,
  given: string,
  target: string,
  withheld: readonly string[] = [],
  show: readonly string[] = [],
): Promise<ExportResult> {
  await assertWritable(target);
  const { chunks, ...proof } = await proofOf(context, given, withheld, show);
  return { ...proof, file: target, bytes: await writeTarget(target, chunks) };
}

/** The same as a stream of its bytes. Throws before the first is given, but for `storage`. */
export async function proofOf(
  context: RecordContext,
  given: string,
  withheld: readonly string[] = [],
  show: readonly string[] = [],
): Promise<Omit<ExportResult, "file" | "bytes"> & { readonly chunks: AsyncGenerator<Uint8Array> }> {
  const { summary, sealed, fields, words } = await findExhibit(context, given);
  refuseErased(summary);
  refuseSecrets(show, fields);
  if (fields["sample"] === true && withheld.includes("sample"))
    throw new PlacardError("usage", `${summary.id} is a sample; that is never withheld.`);
  const held = heldBack(fields).filter((name) => !show.includes(name) && !withheld.includes(name));
  const hidden = hiddenWith(withheld, held, fields);
  const shown = withhold(sealed, hidden);
  const { proof, tokens } = await proofFor(context, summary.position);
  const chunks = writePlacardFile({
    act: serialise(shown),
    proof,
    vkey: context.file.vkey,
    timestamps: tokens,
    blobs: await blobsOfShown(context, fields, hidden),
  });
  return { id: summary.id, words, chunks, withheld: hidden, heldBack: held, hidesNoName: hidesNoName(fields) };
}

/** Throws `erased`. */
export function refuseErased({ state, id, reason }: ExhibitDetail["summary"]): void {
  if (state === "erased")
    throw new PlacardError("erased", say("nothing_to_hand_out", { id, reason: reason ?? "no reason kept" }));
}

export function hidesNoName(fields: Readonly<Record<string, Json>>): boolean {
  return fields["session"] === HIDES_NO_NAME;
}

function refuseSecrets(show: readonly string[], fields: Readonly<Record<string, Json>>): void {
  const secret = neverShown(fields).find((name) => show.includes(name));
  if (secret !== undefined)
    throw new PlacardError("usage", `${secret} is a secret of this record and is handed to nobody.`);
}

/**
 * What would tell of a withheld field is withheld with it: what other sources say of a fact, the hash of a picture by which
 * it can be known again, the addresses of media, the post's other addresses. Of what somebody `named`, its form made for sharing, too;
 * what is `held` back only has that form in its place.
 */
export function hiddenWith(
  named: readonly string[],
  held: readonly string[],
  fields: Readonly<Record<string, Json>>,
): readonly string[] {
  const { shared } = fields;
  const isInOtherForm = isJsonObject(shared) && telling(named, shared).some((name) => name in shared);
  return [
    ...new Set([...telling([...named, ...held], fields), ...(isInOtherForm ? ["shared"] : []), ...neverShown(fields)]),
  ];
}

function telling(withheld: readonly string[], fields: Readonly<Record<string, Json>>): readonly string[] {
  const { factConflicts } = fields;
  const tells = isJsonObject(factConflicts) && withheld.some((name) => name in factConflicts);
  const about = Object.keys(fields).filter((name) => tellsOfHidden(name, new Set(withheld)));
  return [...withheld, ...(tells ? ["factConflicts"] : []), ...about];
}

function tellsOfHidden(name: string, withheld: ReadonlySet<string>): boolean {
  const file = /^(media\d+)About$/.exec(name)?.[1];
  if (file !== undefined) return withheld.has(file) || withheld.has("media");
  if (name === "mediaMissing") return withheld.has("media");
  // What the first capture's archive holds is of the same page.
  if (name === "earlierArchive") return withheld.has("archive");
  return OTHER_ADDRESSES.has(name) && (withheld.has("url") || withheld.has("finalUrl"));
}

/** Of an act at `position`: the proof of its place, and the timestamps over what it leads to. */
export async function proofFor(
  context: RecordContext,
  position: number,
): Promise<{ proof: string; tokens: readonly Uint8Array[] }> {
  const attested = await attestedFor(context, position);
  const head = attested ?? { ...(await context.log.head()), tokens: [] };
  const hashes = await context.log.inclusionProof(position, head.size);
  const proof = formatProof({ index: position, hashes, checkpoint: head.checkpoint });
  if (head.tokens.length === 0) return { proof, tokens: [] };
  const { tokensForFile } = await import("./attesters.ts");
  return { proof, tokens: await tokensForFile(context, head) };
}

async function blobsOfShown(context: RecordContext, fields: Readonly<Record<string, Json>>, hidden: readonly string[]) {
  const blobs = new Map<string, Blob>();
  for (const [name, value] of Object.entries(fields)) {
    if (hidden.includes(name) || !isJsonObject(value) || typeof value["sha256"] !== "string") continue;
    const blob = await openField(context.vault, fields, name);
    if (blob === undefined) {
      throw new PlacardError("not_found", `The ${name} of this exhibit is missing from the vault.`, {
        next: "placard audit says what is missing. To hand out the rest, withhold it: --withhold " + name,
      });
    }
    blobs.set(value["sha256"], blob);
  }
  return [...blobs].map(([sha256, blob]) => ({ sha256, blob }));
}
