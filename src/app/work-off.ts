/** What the capture process does: works off, a few at once, whatever batches were asked for on a screen. */
import type { Batch } from "../agenda/agenda.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { attestHead } from "./attest.ts";
import { type CaptureLink, runBatch } from "./capture-batch.ts";
import { captureWith } from "./capture-exhibit.ts";
import type { BatchListener, BatchTerms } from "./capture-outcome.ts";
import type { RecordContext } from "./context.ts";
import { say } from "./said.ts";

export interface WorkListener extends Pick<BatchListener, "onProgress" | "onOutcome"> {
  readonly signal: AbortSignal;
  readonly stopOf: (item: string) => AbortSignal;
  /** What keeps a batch waiting (a full disk, no browser); undefined once one was worked through again. */
  readonly onTrouble: (trouble: unknown) => void;
  /** Resolves when there may be something new, and by itself after a while. */
  readonly whenWoken: () => Promise<void>;
}

/** Milliseconds before what failed for a reason of this machine's is gone on with. */
const REST = 20_000;
/** Finished batches are told of for so long. */
const REMEMBERED = 14 * 86_400_000;

/**
 * Works until the signal is given, then resolves. Batches run beside one another, so that one link need not wait for the five
 * hundred before it; of all together as many captures as the settings allow run at once.
 */
export async function workOff(context: RecordContext, listener: WorkListener): Promise<void> {
  const { signal, onTrouble, whenWoken } = listener;
  const inTurn = atMost(() => context.settings.capture.atOnce, signal);
  const running = new Set<Promise<void>>();
  let restUntil = 0;
  const take = async (): Promise<void> => {
    while (!signal.aborted && performance.now() >= restUntil) {
      const batch = await context.agenda.resumeBatch("asked");
      if (batch === undefined) return;
      const work = workThrough(context, batch, inTurn, listener)
        .then(
          () => onTrouble(undefined),
          (error: unknown) => {
            if (signal.aborted) return;
            restUntil = performance.now() + REST;
            onTrouble(error);
          },
        )
        .finally(() => running.delete(work));
      running.add(work);
    }
  };
  await context.agenda.forgetAsked(Date.now() - REMEMBERED);
  while (!signal.aborted) {
    await take().catch((error: unknown) => {
      restUntil = performance.now() + REST;
      onTrouble(error);
    });
    await whenWoken();
  }
  await Promise.all(running);
}

async function workThrough(
  context: RecordContext,
  next: Batch,
  inTurn: CaptureLinkWrapper,
  { signal, stopOf, onProgress, onOutcome }: WorkListener,
): Promise<void> {
  using batch = next;
  const terms = JSON.parse(batch.options) as BatchTerms;
  const capture = inTurn(await captureWith(context, terms).catch(withoutSession(terms)));
  await runBatch(context, batch, { terms, capture, signal, stopOf, onProgress, onOutcome });
  await attestHead(context);
}

/**
 * The session may have been forgotten since it was asked for. Then none of these links is captured, and each says why: they
 * would keep what was asked for after them waiting otherwise.
 */
function withoutSession({ session }: BatchTerms): (error: unknown) => CaptureLink {
  return (error) => {
    if (session === undefined || !isPlacardError(error, "not_found")) throw error;
    const { text: reason, code } = say("cause_session");
    return async ({ url }) => ({ url, outcome: "not-captured", cause: "session", reason, told: { code } });
  };
}

type CaptureLinkWrapper = (capture: CaptureLink) => CaptureLink;

/** First come, first served, over all batches. How many is asked anew whenever one ends. */
function atMost(most: () => number, all: AbortSignal): CaptureLinkWrapper {
  let running = 0;
  const waiting: (() => void)[] = [];
  const admit = (): void => {
    while (running < most()) {
      const next = waiting.shift();
      if (next === undefined) return;
      running++;
      next();
    }
  };
  return (capture) => async (link, during) => {
    const turn = new Promise<void>((resolve) => waiting.push(resolve));
    admit();
    await turn;
    try {
      if (all.aborted || during.signal?.aborted) throw new PlacardError("cancelled", "Stopped before it began.");
      return await capture(link, during);
    } finally {
      running--;
      admit();
    }
  };
}
