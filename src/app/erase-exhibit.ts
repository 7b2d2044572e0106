/**
 * Erasing: the act `erased` goes into the ledger first, then the private parts go for good. A crash in between is
 * mended by the next open, which finishes every erasure the ledger knows of.
 */
import { sweepScratch } from "../capture/scratch.ts";
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import { PlacardError } from "../lib/error.ts";
import type { Act } from "../record/act.ts";
import { findExhibit, isVaultDamage } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { sealAll } from "./seal.ts";

const LONGEST_REASON = 2000;

export interface ErasureResult {
  readonly id: string;
  readonly reason: string;
  /** Its recaptures, which were erased with it. */
  readonly recaptures: readonly string[];
}

/**
 * Erases an exhibit, and with it its recaptures: they show the same post, say what it said, and rely on its archive. What
 * the agenda knows of it goes too. Throws `usage` (no reason), `not_found`, `erased` (already).
 */
export async function eraseExhibit(context: RecordContext, given: string, reason: string): Promise<ErasureResult> {
  const text = reason.trim();
  if (text === "" || text.length > LONGEST_REASON) {
    throw new PlacardError(
      "usage",
      `An erasure needs a reason of 1 to ${LONGEST_REASON} characters; it is shown in place of the exhibit.`,
    );
  }
  const { summary } = await findExhibit(context, given);
  if (summary.state === "erased")
    throw new PlacardError("erased", `${summary.id} was erased already: ${summary.reason ?? ""}`);
  const recaptures = await standingRecaptures(context, summary.id);
  const items = [summary, ...recaptures].flatMap(({ agendaItem }) => agendaItem ?? []);
  await context.agenda.forget([summary.id], items);
  await sealAll(
    context,
    [summary, ...recaptures].map((row) => erasureOf(row, text)),
  );
  await finishErasures(context);
  return { id: summary.id, reason: text, recaptures: recaptures.map(({ id }) => id) };
}

/** A recapture that was under way while its exhibit was erased is erased too. Throws `erased` where it was. */
export async function eraseIfFirstIsErased(context: RecordContext, first: string): Promise<void> {
  const row = await context.index.find(first);
  if (row?.state !== "erased") return;
  const recaptures = await standingRecaptures(context, first);
  await sealAll(
    context,
    recaptures.map((recapture) => erasureOf(recapture, row.reason ?? "")),
  );
  await finishErasures(context);
  throw new PlacardError("erased", `${first} was erased while its link was captured again; nothing of that was kept.`);
}

async function standingRecaptures({ index }: RecordContext, id: string): Promise<readonly ExhibitSummary[]> {
  return (await index.recapturesOf(id)).filter(({ state }) => state === "sealed");
}

function erasureOf({ id, position, recaptureOf }: ExhibitSummary, reason: string): Act {
  return { act: "erased", of: id, position, reason, ...(recaptureOf === null ? {} : { recaptureOf }) };
}

/**
 * Removes from the vault what the ledger says is erased. Safe to repeat; blobs that another exhibit shares stay. Throws
 * what reading a damaged vault throws, after all that can be removed is gone.
 */
export async function finishErasures(context: RecordContext): Promise<void> {
  const { index, vault, commitPoint } = context;
  if ((await index.erasuresDue()).positions.length === 0) return;
  const damage: unknown[] = [];
  // A capture that was killed after it had sealed may have left the page's files there.
  await sweepScratch(context.folder.scratch);
  await commitPoint.exclusively(async (committed) => {
    // Under the lock nothing is sealed, so what the index says of shared blobs stays true until we are done.
    const { positions, blobs } = await index.erasuresDue();
    // Blobs first: which they are stands in the act.
    for (const sha256 of blobs) await vault.removeBlob(sha256);
    for (const position of positions) {
      try {
        await vault.eraseAct(position, committed?.size ?? 0);
        index.erasureDone(position);
      } catch (error) {
        if (!isVaultDamage(error)) throw error;
        damage.push(error);
      }
    }
    return { result: undefined };
  });
  if (damage.length > 0) throw damage[0];
}
