import type { BatchListener, BatchProgress, CaptureOutcome } from "../app/capture-outcome.ts";
import { openRecord, type PlacardRecord } from "../app/record.ts";
import { PlacardError } from "../lib/error.ts";
import { onInterrupt } from "./interrupt.ts";
import { EXIT, type Output, oneLine } from "./output.ts";

export interface CaptureArguments {
  readonly links?: string;
  readonly resume?: boolean;
  readonly discard?: boolean;
  readonly again?: string;
  readonly case?: string;
  readonly note?: string;
  readonly allowPrivate?: boolean;
  readonly session?: string;
}

export async function capture(
  folder: string,
  urls: readonly string[],
  given: CaptureArguments,
  output: Output,
): Promise<number> {
  refuseMixture(urls, given);
  const links = [...urls, ...(given.links === undefined ? [] : await linksOf(given.links))];
  const again = given.again === undefined ? undefined : await timesOf(given.again);
  await using record = await openRecord(folder);
  if (given.discard) return discard(record, output);
  using stop = onInterrupt();
  const started = performance.now();
  const listener = listen(stop.signal, output);
  const outcomes = given.resume
    ? await record.resumeCaptures(listener)
    : await record.capture(links, {
        ...(given.case === undefined ? {} : { caseName: given.case }),
        ...(given.note === undefined ? {} : { note: given.note }),
        ...(given.allowPrivate ? { allowPrivate: true } : {}),
        ...(given.session === undefined ? {} : { session: given.session }),
        ...(again === undefined ? {} : { again }),
        ...listener,
      });
  sayWhole(outcomes, performance.now() - started, output);
  if (given.resume && outcomes.length === 0) output.say("No links wait: nothing was interrupted.");
  const waiting = given.resume ? 0 : await record.waitingLinks();
  if (waiting > 0) {
    output.say(
      `${counted(waiting)} of an earlier, interrupted capture still wait. placard capture --resume goes on with them.`,
    );
  }
  for (const attestation of await record.attest()) {
    output.say(
      attestation.outcome === "attested"
        ? `Witnessed by ${oneLine(attestation.by)} at ${attestation.time}.`
        : `Not witnessed by ${oneLine(attestation.by)}: ${oneLine(attestation.reason ?? "")}`,
    );
  }
  return outcomes.every((outcome) => outcome.outcome === "sealed") ? EXIT.holds : EXIT.doesNot;
}

function refuseMixture(
  urls: readonly string[],
  { links, resume, discard, again, case: caseName, note, session, allowPrivate }: CaptureArguments,
): void {
  const some = urls.length > 0 || links !== undefined;
  if (!resume && !discard && !some) {
    throw new PlacardError("usage", "No link is given.", {
      next: "placard capture URL… or placard capture --links FILE.",
    });
  }
  if (!resume && !discard) return;
  if (
    some ||
    (resume && discard) ||
    again !== undefined ||
    caseName !== undefined ||
    note !== undefined ||
    session !== undefined ||
    allowPrivate
  ) {
    const which = resume ? "--resume" : "--discard";
    throw new PlacardError(
      "usage",
      `${which} stands alone: it is about links that were given before, with what was said of them.`,
    );
  }
}

async function linksOf(file: string): Promise<readonly string[]> {
  return (await import("../app/read-links.ts")).readLinks(file);
}

async function timesOf(text: string): Promise<readonly number[]> {
  return (await import("../app/recapture-times.ts")).parseTimes(text);
}

async function discard(record: PlacardRecord, output: Output): Promise<number> {
  const links = await record.discardWaitingLinks();
  output.result({ verb: "capture", discarded: links }, `Forgot ${counted(links)} that waited. What was sealed stays.`);
  return EXIT.holds;
}

function listen(signal: AbortSignal, output: Output): BatchListener {
  const place = ({ done, of }: BatchProgress): string => (of > 1 ? `[${done} of ${of} done] ` : "");
  return {
    signal,
    onProgress: (url, step, batch) => output.progress(batch.of > 1 ? `${place(batch)}${step} — ${oneLine(url)}` : step),
    onOutcome: (outcome, earlier) => sayOutcome(outcome, earlier, output),
  };
}

function sayOutcome(outcome: CaptureOutcome, earlier: boolean, output: Output): void {
  const { url } = outcome;
  const before = earlier ? { earlier: true } : {};
  const done = earlier ? " before the interruption" : "";
  if (outcome.outcome === "sealed") {
    const { id, words, doubt } = outcome;
    const doubted = doubt === undefined ? {} : { doubt };
    output.result(
      { verb: "capture", url, outcome: "sealed", id, words, reason: null, ...doubted, ...before },
      `Sealed ${id}${done}  ${oneLine(url)}\n       ${words.join(" · ")}${doubt === undefined ? "" : `\n       ${doubt}`}`,
    );
  } else {
    const { reason, cause } = outcome;
    output.result(
      { verb: "capture", url, outcome: "not-captured", id: null, cause, reason, ...before },
      `Not captured${done}: ${oneLine(reason)}  ${oneLine(url)}`,
    );
  }
}

function sayWhole(outcomes: readonly CaptureOutcome[], took: number, output: Output): void {
  if (outcomes.length < 2) return;
  const sealed = outcomes.filter(({ outcome }) => outcome === "sealed").length;
  output.say(
    `${counted(outcomes.length)} in ${durationInWords(took)}: ${sealed} sealed, ${outcomes.length - sealed} not captured.`,
  );
}

function durationInWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function counted(links: number): string {
  return links === 1 ? "one link" : `${links} links`;
}
