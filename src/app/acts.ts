/** Reads acts back out of the vault, opened, with the names people know them by. */

import type { ExhibitSummary } from "../index/exhibit-index.ts";
import type { ProjectedAct } from "../index/projection.ts";
import { leafHash } from "../ledger/merkle.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { Json } from "../lib/json.ts";
import type { SealedAct } from "../record/act.ts";
import { checkWords, exhibitId, parseExhibitId } from "../record/exhibit-id.ts";
import { entryOf, openAct } from "../record/sd-jwt.ts";
import type { Vault } from "../vault/vault.ts";
import { stepsInWords } from "../verify/wording.ts";
import type { RecordContext } from "./context.ts";
import { forgetErased, openedAct } from "./opened-acts.ts";
import { say } from "./said.ts";

export async function* readProjected(vault: Vault, start: number, end: number): AsyncGenerator<ProjectedAct> {
  let position = start;
  for await (const sealed of vault.readActs(start, end)) {
    const { act, time } = openAct(sealed);
    const id = exhibitId(leafHash(entryOf(sealed.jwt)));
    yield { position, id, sealedAt: new Date(time).toISOString(), fields: act };
    position++;
  }
}

/** The ledger's entries as the vault's acts give them. */
export async function* readEntries(vault: Vault, start: number, end: number): AsyncGenerator<Uint8Array> {
  for await (const { jwt } of vault.readActs(start, end)) yield entryOf(jwt);
}

/** Whether an error is about what the vault holds, or lacks, and not about reaching it. */
export function isVaultDamage(error: unknown): error is PlacardError {
  const codes: readonly string[] = ["not_found", "malformed", "mismatch", "too_large", "unsupported"];
  return isPlacardError(error) && codes.includes(error.code);
}

/** Acts `start … end - 1`, and in the place of each that cannot be read, why. Throws `storage`. */
export async function* readEach(vault: Vault, start: number, end: number): AsyncGenerator<SealedAct | PlacardError> {
  for (let at = start; at < end; ) {
    try {
      for await (const sealed of vault.readActs(at, end)) {
        yield sealed;
        at++;
      }
    } catch (error) {
      if (!isVaultDamage(error)) throw error;
      yield error;
      at++;
    }
  }
}

export interface ExhibitDetail {
  readonly summary: ExhibitSummary;
  readonly sealed: SealedAct;
  readonly fields: Readonly<Record<string, Json>>;
  readonly words: readonly string[];
  /** What was pressed on the page before it was read, in plain words. */
  readonly pressed?: string;
}

/** The exhibit with this id (any spelling a person may type). Throws `usage`, or `not_found`. */
export async function findExhibit(context: RecordContext, given: string): Promise<ExhibitDetail> {
  const id = parseExhibitId(given);
  const summary = await context.index.find(id);
  if (summary === undefined) {
    throw new PlacardError("not_found", say("no_exhibit", { id }), {
      next: say("list_shows"),
    });
  }
  const { vault } = context;
  if (summary.state === "erased") {
    forgetErased(vault, summary.position);
    return { summary, ...(await openAt(vault, summary)) };
  }
  return { summary, ...(await openedAct(vault, summary.position, () => openAt(vault, summary))) };
}

async function openAt(
  vault: Vault,
  { id, position }: ExhibitSummary,
): Promise<Readonly<Omit<ExhibitDetail, "summary">>> {
  for await (const sealed of vault.readActs(position, position + 1)) {
    const words = checkWords(leafHash(entryOf(sealed.jwt)));
    const { act: fields } = openAct(sealed);
    const pressed = stepsInWords(fields["steps"]);
    return { sealed, fields, words, ...(pressed === undefined ? {} : { pressed }) };
  }
  throw new PlacardError("not_found", say("private_part_missing", { id }), {
    next: say("audit_says"),
  });
}
