/** backup, restore, export-case, import-case. */
import { counted, momentInWords, openRecord, restoreRecord, suggestPassphrase } from "../app/record.ts";
import { onInterrupt } from "./interrupt.ts";
import { EXIT, type Output, oneLine, reportError } from "./output.ts";
import { passphraseFrom } from "./passphrase.ts";

/** Between two lines of progress, in milliseconds. */
const PAUSE = 250;

interface Given {
  readonly passphraseFile?: string;
}

export async function backUp(
  folder: string,
  given: Given & { readonly output: string },
  output: Output,
): Promise<number> {
  await using record = await openRecord(folder);
  const passphrase = await passphraseFrom(given.passphraseFile, output, { suggest: suggestPassphrase });
  using interrupt = onInterrupt();
  const say = inPercent(output);
  const made = await record.backUp(given.output, passphrase, {
    signal: interrupt.signal,
    onProgress: ({ step, done, total }) => say(STEPS[step], done, total),
  });
  output.result(
    { verb: "backup", ...made },
    [
      `Wrote ${oneLine(made.file)} (${counted(made.bytes, "byte")}): the whole record, encrypted, ${counted(made.members, "file")}.`,
      "It was read back and opened, and every file in it is as it was. Keep it on another disk than the record,",
      "and its passphrase elsewhere. placard restore opens it; so does the program age.",
    ].join("\n"),
  );
  if (made.damaged.length > 0) {
    output.say(
      `${counted(made.damaged.length, "file")} of the record had been damaged before; placard audit says which.`,
    );
  }
  return EXIT.holds;
}

const STEPS = { reading: "reading the record", writing: "writing the back-up", checking: "reading it back" } as const;

export async function restore(file: string, folder: string, given: Given, output: Output): Promise<number> {
  const passphrase = await passphraseFrom(given.passphraseFile, output);
  using interrupt = onInterrupt();
  const say = inPercent(output);
  const { audit, ...restored } = await restoreRecord(file, folder, passphrase, {
    signal: interrupt.signal,
    onProgress: ({ step, done, total }) =>
      say(step === "restoring" ? "restoring" : "checking the restored record", done, total),
  });
  const holds = audit.verdict === "holds";
  output.result(
    { verb: "restore", ...restored, verdict: audit.verdict, acts: audit.acts, findings: audit.findings },
    [
      `Restored “${oneLine(restored.name)}” as it was on ${momentInWords(restored.madeAt)} into ${oneLine(folder)}: ${counted(audit.acts, "act")}, ${counted(restored.members, "file")}.`,
      holds
        ? "Everything in it holds, and it can be worked with at once."
        : "It had been damaged before it was backed up; placard audit says what does not hold.",
    ].join("\n"),
  );
  return holds ? EXIT.holds : EXIT.doesNot;
}

export async function exportCase(
  folder: string,
  caseName: string,
  given: { readonly output: string; readonly also?: readonly string[] },
  output: Output,
): Promise<number> {
  await using record = await openRecord(folder);
  using interrupt = onInterrupt();
  const made = await record.exportCase(caseName, given.output, {
    ...(given.also === undefined ? {} : { also: given.also }),
    signal: interrupt.signal,
    onProgress: (done, total) => output.progress(`exhibit ${done} of ${total}`),
  });
  const held =
    made.heldBack === 0
      ? ""
      : `\nOf ${counted(made.heldBack, "exhibit")} something was held back, since it may hold cookies, tokens or the name of who was signed in.`;
  const erased = made.erased === 0 ? "" : `\nErased, and there only as erased: ${counted(made.erased, "exhibit")}.`;
  output.result(
    { verb: "export-case", ...made },
    `Wrote the case “${oneLine(caseName)}” into ${oneLine(made.folder)}: ${counted(made.exhibits, "exhibit")}, ${counted(made.bytes, "byte")}. README.txt in it says what is what.${held}${erased}`,
  );
  return EXIT.holds;
}

export async function importCase(
  folder: string,
  source: string,
  given: { readonly from?: string; readonly case?: string },
  output: Output,
): Promise<number> {
  await using record = await openRecord(folder);
  using interrupt = onInterrupt();
  const { items, caseName, from } = await record.importCase(source, {
    ...(given.from === undefined ? {} : { from: given.from }),
    ...(given.case === undefined ? {} : { caseName: given.case }),
    signal: interrupt.signal,
    onProgress: (done, total) => output.progress(`proof ${done} of ${total}`),
  });
  let worst: number = EXIT.holds;
  for (const item of items) {
    if (item.outcome === "refused") {
      reportError(item.error, output, "import-case");
      worst = EXIT.doesNot;
      continue;
    }
    const { outcome, file, id } = item;
    const words = outcome === "sealed" ? `Sealed ${id} as received from ${oneLine(from)}` : `There already: ${id}`;
    output.result({ verb: "import-case", file, outcome, id }, `${words}  ${oneLine(file)}`);
  }
  const count = (outcome: string): number => items.filter((item) => item.outcome === outcome).length;
  const totals = { sealed: count("sealed"), there: count("there already"), refused: count("refused") };
  output.result(
    { verb: "import-case", caseName, from, ...totals },
    `Of the case “${oneLine(caseName)}”: ${totals.sealed} sealed, ${totals.there} there already, ${totals.refused} refused.`,
  );
  await record.attest();
  return worst;
}

function inPercent(output: Output): (what: string, done: number, total: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (what, done, total) => {
    if (performance.now() - last < PAUSE && done < total) return;
    last = performance.now();
    output.progress(`${what}: ${total === 0 ? 100 : Math.floor((100 * done) / total)} %`);
  };
}
