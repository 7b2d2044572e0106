import { listExhibits } from "../app/list-exhibits.ts";
import { beside, EXIT, type Output, oneLine, printable } from "./output.ts";

export async function list(folder: string, caseName: string | undefined, output: Output): Promise<number> {
  let any = false;
  for await (const piece of listExhibits(folder, {
    json: output.json,
    ...(caseName === undefined ? {} : { caseName }),
  })) {
    any = true;
    process.stdout.write(output.json ? piece : printable(piece));
  }
  if (!any && caseName !== undefined) output.say(`Nothing in this record belongs to the case ${printable(caseName)}.`);
  else if (!any) output.say("Nothing is in this record yet. placard capture URL saves a post.");
  return EXIT.holds;
}

/** What stands elsewhere in the words, or says nothing to people. */
const TOLD_OTHERWISE: ReadonlySet<string> = new Set(
  "factSources factConflicts recaptureOf changes comparison agendaItem".split(" "),
);

export async function show(folder: string, id: string, output: Output): Promise<number> {
  const { conflictSentences, momentInWords, openRecord, plainly, sourcesOf } = await import("../app/record.ts");
  const { historyLines, recaptureLines } = await import("./history-lines.ts");
  await using record = await openRecord(folder);
  const { summary, fields, words, pressed } = await record.show(id);
  const { recaptures, next } = await record.history(summary.id);
  const { position, state, sealedAt, reason, erasedAt } = summary;
  const facts = Object.entries(fields)
    .filter(([name]) => !TOLD_OTHERWISE.has(name))
    .map(([name, value]) => fact(name, plainly(value), sourcesOf(fields, name)));
  const conflicts = conflictSentences(fields).map((sentence) => `  ${oneLine(sentence)}`);
  const standing =
    state === "erased"
      ? `Erased on ${momentInWords(erasedAt ?? "")}: ${oneLine(reason ?? "")}`
      : `Sealed on ${momentInWords(sealedAt)}, number ${position + 1} in the ledger of ${record.origin}`;
  const before = pressed === undefined ? "" : `Before it was read, Placard ${oneLine(pressed)}.`;
  output.result(
    { verb: "show", id: summary.id, words, position, state, sealedAt, reason, erasedAt, fields, recaptures, next },
    [
      summary.id,
      words.join(" · "),
      standing,
      ...(before === "" ? [] : [before]),
      ...recaptureLines(fields),
      ...historyLines(recaptures, next),
      "",
      ...facts,
      ...(conflicts.length === 0 ? [] : ["", "The page's sources differ; the first was believed:", ...conflicts]),
    ]
      .join("\n")
      .trimEnd(),
  );
  return EXIT.holds;
}

function fact(name: string, value: string, sources: string): string {
  const words = `${value}${sources === "" ? "" : `  (${oneLine(sources)})`}`;
  return beside(`  ${name.padEnd(16)} `, printable(words));
}
