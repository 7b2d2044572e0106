import { type CaptureOutcome, openRecord } from "../app/record.ts";
import { EXIT, type Output, oneLine } from "./output.ts";

interface CaptureArguments {
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
  await using record = await openRecord(folder);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  try {
    const outcomes = await record.capture(urls, {
      ...(given.case === undefined ? {} : { caseName: given.case }),
      ...(given.note === undefined ? {} : { note: given.note }),
      ...(given.allowPrivate ? { allowPrivate: true } : {}),
      ...(given.session === undefined ? {} : { session: given.session }),
      signal: stop.signal,
      onProgress: (url, step) => output.progress(urls.length > 1 ? `${step} — ${oneLine(url)}` : step),
      onOutcome: (outcome) => {
        if (outcome.outcome === "sealed") {
          const { url, id, words } = outcome;
          output.result(
            { verb: "capture", url, outcome: "sealed", id, words, reason: null },
            `Sealed ${id}  ${oneLine(url)}\n       ${words.join(" · ")}`,
          );
        } else {
          const { url, reason, cause } = outcome;
          output.result(
            { verb: "capture", url, outcome: "not-captured", id: null, cause, reason },
            `Not captured: ${oneLine(reason)}  ${oneLine(url)}`,
          );
        }
      },
    });
    if (urls.length > 1) output.say(tally(outcomes));
    for (const attestation of await record.attest()) {
      output.say(
        attestation.outcome === "attested"
          ? `Witnessed by ${oneLine(attestation.by)} at ${attestation.time}.`
          : `Not witnessed by ${oneLine(attestation.by)}: ${oneLine(attestation.reason ?? "")}`,
      );
    }
    return outcomes.every((outcome) => outcome.outcome === "sealed") ? EXIT.holds : EXIT.doesNot;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

function tally(outcomes: readonly CaptureOutcome[]): string {
  const sealed = outcomes.filter(({ outcome }) => outcome === "sealed").length;
  return `${sealed} sealed, ${outcomes.length - sealed} not captured.`;
}
