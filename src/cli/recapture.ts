import type { Recaptured } from "../app/recapture-exhibit.ts";
import { momentInWords, openRecord } from "../app/record.ts";
import type { Due, Run } from "../app/watch.ts";
import { changeLines, foundInWords } from "./history-lines.ts";
import { onInterrupt } from "./interrupt.ts";
import { EXIT, type Output, oneLine } from "./output.ts";

export async function recapture(
  folder: string,
  id: string,
  given: { readonly again?: string; readonly session?: string; readonly allowPrivate?: boolean },
  output: Output,
): Promise<number> {
  const again =
    given.again === undefined ? undefined : (await import("../app/recapture-times.ts")).parseTimes(given.again);
  await using record = await openRecord(folder);
  using stop = onInterrupt();
  const done = await record.recapture(id, {
    ...(given.allowPrivate ? { allowPrivate: true } : {}),
    ...(given.session === undefined ? {} : { session: given.session }),
    ...(again === undefined ? {} : { again }),
    signal: stop.signal,
    onProgress: (step) => output.progress(step),
  });
  output.result({ verb: "recapture", ...described(done) }, inWords(done));
  await record.attest();
  return done.result === "not-reachable" ? EXIT.doesNot : EXIT.holds;
}

export async function watch(
  folder: string,
  given: { readonly once?: boolean; readonly forget?: string },
  output: Output,
): Promise<number> {
  await using record = await openRecord(folder);
  if (given.forget !== undefined) {
    const { id, times } = await record.forgetTimes(given.forget);
    output.result({ verb: "watch", forgot: id, times }, `${id} is not captured again (${times} times were planned).`);
    return EXIT.holds;
  }
  using stop = onInterrupt();
  let worst: number = EXIT.holds;
  await record.watch(given.once ? { once: true } : {}, {
    signal: stop.signal,
    onProgress: (exhibit, step) => output.progress(`${step} — ${exhibit}`),
    onRecaptured: (done, run) => {
      const { dueAt, late, timesPassed } = run;
      output.result(
        { verb: "watch", ...described(done), dueAt, late, timesPassed },
        `${inWords(done)}${lateInWords(run)}`,
      );
      if (done.result === "not-reachable") worst = EXIT.doesNot;
    },
    onFailed: ({ exhibit, dueAt }, { code, message }) => {
      output.result(
        { verb: "watch", of: exhibit, dueAt, error: { code, message } },
        `${exhibit} was not captured again: ${message}`,
      );
      worst = EXIT.doesNot;
    },
    onWaiting: (next, waiting) => output.say(nextInWords(next, waiting)),
  });
  return stop.signal.aborted ? EXIT.cancelled : worst;
}

function described({ id, words, of, url, result, changes, comparison, cause, reason }: Recaptured) {
  return { id, words, of, url, result, changes, comparison, cause, reason };
}

function inWords({ id, words, of, url, result, changes, comparison, reason }: Recaptured): string {
  const why = reason === null ? "" : `: ${reason}`;
  return [
    `Sealed ${id}: ${of} ${foundInWords(result)}${oneLine(why)}  ${oneLine(url)}`,
    `       ${words.join(" · ")}`,
    ...changeLines(changes, comparison),
  ].join("\n");
}

/** A minute is the pace at which times are planned. */
function lateInWords({ late, timesPassed, dueAt }: Run): string {
  if (late < 60) return "";
  const several = timesPassed > 1 ? `, for ${timesPassed} times that had passed` : "";
  return `\n       late: it was due on ${momentInWords(dueAt)}${several}`;
}

function nextInWords(next: Due | undefined, waiting: number): string {
  if (next === undefined) return "Nothing is planned. placard recapture ID --again 1d,7d plans.";
  const more = waiting === 1 ? "" : `, and ${waiting - 1} more after it`;
  return `Next: ${next.exhibit} on ${momentInWords(next.dueAt)}${more}.`;
}
