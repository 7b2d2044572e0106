/** A batch of links from the agenda, worked through politely: each sealed once, however often the work is interrupted. */
import type { Batch, Item, NewTime } from "../agenda/agenda.ts";
import { runPolitely } from "../agenda/polite-pool.ts";
import { waitBeforeRetry } from "../agenda/retry.ts";
import { notCaptured } from "../capture/walls/what-page.ts";
import { leafHash } from "../ledger/merkle.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { checkWords } from "../record/exhibit-id.ts";
import { entryOf } from "../record/sd-jwt.ts";
import type { BatchListener, BatchTerms, CaptureOutcome, LinkPhase, NotCapturedLink } from "./capture-outcome.ts";
import { paceOf, type RecordContext } from "./context.ts";
import { say } from "./said.ts";

type OnLinkProgress = (step: string, phase: LinkPhase) => void;

/** Captures and seals one link; the act carries the item's key. */
export type CaptureLink = (
  item: Pick<Item, "url" | "item">,
  during: {
    readonly signal: AbortSignal | undefined;
    readonly onProgress: OnLinkProgress;
    /** Throws where the link is no longer this process's to seal. */
    readonly beforeSealing: () => void;
  },
) => Promise<CaptureOutcome & { readonly retryAfter?: string }>;

/** Deaths of the process at one link, after which it is given up: else it would keep all others waiting for ever. */
const MOST_DEATHS = 3;

export interface BatchRun {
  readonly terms: BatchTerms;
  readonly capture: CaptureLink;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: BatchListener["onProgress"] | undefined;
  readonly onOutcome: BatchListener["onOutcome"] | undefined;
  /** Stops one link only. */
  readonly stopOf?: (item: string) => AbortSignal;
}

/** What is noted of a link that is not wanted any more. */
export function cancelledLink(url: string): NotCapturedLink {
  return { url, ...notCaptured("cancelled", say("cancelled_before")) };
}

function deadlyLink(url: string): NotCapturedLink {
  return { url, ...notCaptured("fault", say("broke_off_at", { count: MOST_DEATHS })) };
}

const isCancelled = (outcome: CaptureOutcome): boolean =>
  outcome.outcome === "not-captured" && outcome.cause === "cancelled";

/** Errors that are not about one link but about this record or machine: they end the batch, and the rest waits. */
const STOPPING: readonly string[] = [
  "storage",
  "no_browser",
  "cancelled",
  "busy",
  "clock_behind",
  "inconsistent",
  "usage",
] satisfies readonly PlacardError["code"][];

/** Outcomes in the order of the links, those erased meanwhile left out. What the batch still lacks after an error waits in the agenda. */
export async function runBatch(
  context: RecordContext,
  batch: Batch,
  run: BatchRun,
): Promise<readonly CaptureOutcome[]> {
  const outcomes = await outcomesBefore(context, batch, run.terms);
  for (const item of batch.items) {
    const outcome = outcomes.get(item.place);
    if (outcome !== undefined) run.onOutcome?.(outcome, true, item.item);
  }
  const jobs = batch.items
    .filter(({ place }) => !outcomes.has(place))
    .map((item) => ({ ...item, host: hostOf(item.url) }));
  await runPolitely(
    jobs,
    paceOf(context),
    async (job, attempt) => {
      const say: OnLinkProgress = (step, phase) =>
        run.onProgress?.(job.url, step, { done: outcomes.size, of: batch.items.length }, job.item, phase);
      const done = await attemptLink(batch, job, run, say);
      const after = pauseAfter(context, done, attempt);
      if (after !== undefined) {
        say(`${(done as NotCapturedLink).reason} Trying again in ${Math.ceil(after / 1000)} s`, "pausing");
        return { after };
      }
      const outcome = finalOf(done, attempt);
      batch.note(job.item, JSON.stringify(outcome), sealedWith(outcome, run.terms));
      outcomes.set(job.place, outcome);
      run.onOutcome?.(outcome, false, job.item);
      return undefined;
    },
    run.signal,
  ).catch((error: unknown) => {
    if (run.signal?.aborted) throw stopped(batch.items.length - outcomes.size);
    throw error;
  });
  batch.finish();
  await context.index.catchUp();
  return batch.items.flatMap(({ place }) => outcomes.get(place) ?? []);
}

/** What is known of the batch's links already: noted in the agenda, or sealed by a process that died before it could note so. */
async function outcomesBefore(
  context: RecordContext,
  batch: Batch,
  terms: BatchTerms,
): Promise<Map<number, CaptureOutcome>> {
  const outcomes = new Map<number, CaptureOutcome>();
  if (!batch.resumed) return outcomes;
  const noted = batch.items.map((item) => ({
    ...item,
    known: item.outcome === null ? undefined : (JSON.parse(item.outcome) as CaptureOutcome),
  }));
  // It may have been sealed just before it was cancelled.
  const inDoubt = noted.filter(({ known }) => known === undefined || isCancelled(known));
  const sealed = await context.index.sealedFor(inDoubt.map(({ item }) => item));
  for (const { item, place, url, known } of noted) {
    const row = sealed.get(item);
    if (row === undefined) {
      if (known !== undefined) outcomes.set(place, known);
      continue;
    }
    const { position, id, sealedAt } = row;
    const found: CaptureOutcome = {
      url,
      outcome: "sealed",
      position,
      id,
      words: await wordsAt(context, position),
      time: Date.parse(sealedAt),
    };
    batch.note(item, JSON.stringify(found), sealedWith(found, terms));
    outcomes.set(place, found);
  }
  return outcomes;
}

async function wordsAt({ vault }: RecordContext, position: number): Promise<readonly string[]> {
  for await (const { jwt } of vault.readActs(position, position + 1)) return checkWords(leafHash(entryOf(jwt)));
  return [];
}

async function attemptLink(
  batch: Batch,
  job: Item,
  { capture, signal: all, stopOf }: BatchRun,
  onProgress: OnLinkProgress,
): Promise<CaptureOutcome & { readonly retryAfter?: string }> {
  const stop = stopOf?.(job.item);
  const signal = stop === undefined || all === undefined ? (stop ?? all) : AbortSignal.any([stop, all]);
  const isUnwanted = (): boolean => stop?.aborted === true || !batch.waits(job.item);
  const beforeSealing = (): void => {
    if (batch.isOurs() && isUnwanted()) throw new PlacardError("cancelled", "It was cancelled.");
    if (batch.isOurs()) return;
    throw new PlacardError("busy", "Another process has taken these links over while this one was asleep.");
  };
  if (isUnwanted()) return cancelledLink(job.url);
  using begun = stopOf === undefined ? undefined : batch.begin(job.item);
  if (begun !== undefined && begun.deaths >= MOST_DEATHS) return deadlyLink(job.url);
  try {
    return await capture(job, { signal, onProgress, beforeSealing });
  } catch (error) {
    if (isPlacardError(error, "cancelled") && !all?.aborted && isUnwanted()) return cancelledLink(job.url);
    // A fault of ours at one page must not keep the other links from being captured.
    if (isPlacardError(error) && STOPPING.includes(error.code)) throw error;
    const cause = isPlacardError(error, "too_large") ? "too_large" : "fault";
    const why = error instanceof Error ? error.message : String(error);
    const told = isPlacardError(error) ? error.told : undefined;
    const reason = cause === "fault" ? say("failed_at_page", { why: why.slice(0, 300) }) : (told ?? why);
    return { url: job.url, ...notCaptured(cause, reason) };
  }
}

function pauseAfter(
  { settings, clock }: RecordContext,
  done: CaptureOutcome & { readonly retryAfter?: string },
  attempt: number,
): number | undefined {
  return done.outcome === "sealed" ? undefined : waitBeforeRetry(done, attempt, settings.capture.retries, clock.now());
}

function finalOf(done: CaptureOutcome & { readonly retryAfter?: string }, attempts: number): CaptureOutcome {
  if (done.outcome === "sealed") return done;
  const { retryAfter: _, ...outcome } = done;
  return attempts === 1 ? outcome : { ...outcome, reason: `${outcome.reason} It was tried ${attempts} times.` };
}

function sealedWith(
  outcome: CaptureOutcome,
  { again = [], allowPrivate = false, session, actor }: BatchTerms,
): { readonly exhibit: string; readonly times: readonly NewTime[] } | undefined {
  if (outcome.outcome !== "sealed") return undefined;
  const { id: exhibit, time } = outcome;
  return {
    exhibit,
    times: again.map((after) => ({
      exhibit,
      due: time + after,
      allowPrivate,
      session: session ?? null,
      // What is found then is sealed with who wanted it looked at.
      ...(actor === undefined ? {} : { actor }),
    })),
  };
}

/** Whose server a link asks first; nobody's where it is no link, and is refused without asking anybody. */
function hostOf(url: string): string {
  return URL.parse(url.trim())?.host ?? "";
}

function stopped(left: number): PlacardError {
  return new PlacardError(
    "cancelled",
    `Stopped. ${left === 1 ? "One link waits" : `${left} links wait`} to be captured.`,
    {
      next: "placard capture --resume goes on with them; placard capture --discard forgets them.",
    },
  );
}
