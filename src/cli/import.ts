import { openRecord } from "../app/record.ts";
import { isPlacardError } from "../lib/error.ts";
import { EXIT, type Output, oneLine, reportError } from "./output.ts";

interface ImportArguments {
  readonly from: string;
  readonly case?: string;
  readonly note?: string;
}

/** One file that cannot be taken in does not stop the rest. */
export async function importAll(
  folder: string,
  files: readonly string[],
  { from, case: caseName, note }: ImportArguments,
  output: Output,
): Promise<number> {
  await using record = await openRecord(folder);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  let worst: number = EXIT.holds;
  try {
    for (const file of files) {
      try {
        const imported = await record.import(file, {
          from,
          ...(caseName === undefined ? {} : { caseName }),
          ...(note === undefined ? {} : { note }),
          signal: stop.signal,
          onProgress: (_, step) => output.progress(files.length > 1 ? `${step} — ${oneLine(file)}` : step),
        });
        const { id, words, kind, checks } = imported;
        const found = checks.map(
          ({ name, state, why }) => `       ${state.padEnd(9)} ${name.padEnd(18)} ${oneLine(why)}`,
        );
        output.result(
          { verb: "import", file, outcome: "sealed", id, words, kind, checks },
          [
            `Sealed ${id} as received from ${oneLine(from)}  ${oneLine(file)}`,
            `       ${words.join(" · ")}`,
            ...found,
          ].join("\n"),
        );
      } catch (error) {
        if (!isPlacardError(error) || error.code === "usage" || files.length === 1) throw error;
        worst = Math.max(worst, reportError(error, output, "import"));
      }
    }
    await record.attest();
    return worst;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}
