/**
 * Erasing: the act `erased` goes into the ledger first, then those of its recaptures, then the private parts go for good.
 * A crash in between is mended by the next open, which finishes every erasure the ledger knows of.
 */
import { sweepScratch } from "../capture/scratch.ts";
import type { ExhibitSummary } from "../index/exhibit-index.ts";
import { PlacardError } from "../lib/error.ts";
import type { Act } from "../record/act.ts";
import { findExhibit, isVaultDamage } from "./acts.ts";
import type { RecordContext } from "./context.ts";
import { forgetOpened } from "./opened-acts.ts";
import { forgetBuilt } from "./publish/forget-built.ts";
import { say } from "./said.ts";
import { seal, sealAll } from "./seal.ts";

const LONGEST_REASON = 2000;
/** Acts in one commit. */
const AT_ONCE = 1000;

export interface ErasureResult {
  readonly id: string;
  readonly reason: string;
  /** Its recaptures, which were erased with it. */
  readonly recaptures: readonly string[];
}

/**
 * Erases an exhibit, and with it its recaptures: they show the same post, say what it said, and rely on its archive. What
 * the agenda knows of it goes too. `actor`: the pseudonym of who asked for it. Throws `usage` (no reason), `not_found`, `erased` (already).
 */
export async function eraseExhibit(
  context: RecordContext,
  given: string,
  reason: string,
  actor?: string,
): Promise<ErasureResult> {
  const text = reason.trim();
  if (text === "" || text.length > LONGEST_REASON) {
    throw new PlacardError("usage", say("erasure_reason", { count: LONGEST_REASON }));
  }
  const { summary } = await findExhibit(context, given);
  if (summary.state === "erased")
    throw new PlacardError("erased", say("erased_already", { id: summary.id, reason: summary.reason ?? "" }));
  await context.agenda.forget([summary.id], itemsOf([summary]));
  await seal(context, { ...erasureOf(summary, text), ...(actor === undefined ? {} : { actor }) });
  const recaptures = (await finishErasures(context)).filter(({ recaptureOf }) => recaptureOf === summary.id);
  return { id: summary.id, reason: text, recaptures: recaptures.map(({ id }) => id) };
}

/** A recapture that was under way while its exhibit was erased is erased too. Throws `erased` where it was. */
export async function eraseIfFirstIsErased(context: RecordContext, first: string): Promise<void> {
  if ((await context.index.find(first))?.state !== "erased") return;
  await finishErasures(context);
  throw new PlacardError("erased", `${first} was erased while its link was captured again; nothing of that was kept.`);
}

/**
 * Seals the erasure of every recapture and filing that stands while its exhibit is erased: found in the ledger and not by
 * whoever erases, since another process may seal one just before the erasure, or be killed just after.
 */
async function eraseLeftBehind(context: RecordContext): Promise<readonly ExhibitSummary[]> {
  const left = await context.index.recapturesLeft();
  const filings = await context.index.filingsLeft();
  if (left.length === 0 && filings.length === 0) return left;
  await context.agenda.forget([], itemsOf(left));
  const firsts = await Promise.all(left.map(({ recaptureOf }) => context.index.find(recaptureOf ?? "")));
  const acts: readonly Act[] = [
    ...left.map((row, i) => erasureOf(row, firsts[i]?.reason ?? "")),
    ...filings.map(
      ({ id, position, about, reason }): Act => ({
        act: "erased",
        of: id,
        position,
        reason: reason ?? "",
        filingOf: about,
      }),
    ),
  ];
  for (let from = 0; from < acts.length; from += AT_ONCE) await sealAll(context, acts.slice(from, from + AT_ONCE));
  return left;
}

function itemsOf(rows: readonly ExhibitSummary[]): readonly string[] {
  return rows.flatMap(({ agendaItem }) => agendaItem ?? []);
}

function erasureOf({ id, position, recaptureOf, sample }: ExhibitSummary, reason: string): Act {
  return {
    act: "erased",
    of: id,
    position,
    reason,
    ...(recaptureOf === null ? {} : { recaptureOf }),
    ...(sample === 1 ? { sample: true } : {}),
  };
}

function idsAt({ index }: RecordContext, positions: readonly number[]): Promise<readonly string[]> {
  const wanted = JSON.stringify(positions);
  return index.ask((raw) => {
    const found = raw.prepare("SELECT id FROM exhibits WHERE position IN (SELECT value FROM json_each(?))").all(wanted);
    return found.map(({ id }) => String(id));
  });
}

/**
 * Removes from the vault what the ledger says is erased, and returns the recaptures that it found left behind and
 * erased as well. Safe to repeat; blobs that another exhibit shares stay. Throws what reading a damaged vault throws,
 * after all that can be removed is gone.
 */
export async function finishErasures(context: RecordContext): Promise<readonly ExhibitSummary[]> {
  const { index, vault, commitPoint } = context;
  const left = await eraseLeftBehind(context);
  const due = (await index.erasuresDue()).positions;
  if (due.length === 0) return left;
  const damage: unknown[] = [];
  // A capture that was killed after it had sealed may have left the page's files there.
  await sweepScratch(context.folder.scratch);
  await forgetBuilt(context.folder.site, await idsAt(context, due));
  await commitPoint.exclusively(async (committed) => {
    // Under the lock nothing is sealed, so what the index says of shared blobs stays true until we are done.
    const { positions, blobs } = await index.erasuresDue();
    // Blobs first: which they are stands in the act.
    for (const sha256 of blobs) await vault.removeBlob(sha256);
    for (const position of positions) {
      try {
        await vault.eraseAct(position, committed?.size ?? 0);
        forgetOpened(vault);
        index.erasureDone(position);
      } catch (error) {
        if (!isVaultDamage(error)) throw error;
        damage.push(error);
      }
    }
    return { result: undefined };
  });
  if (damage.length > 0) throw damage[0];
  return left;
}
