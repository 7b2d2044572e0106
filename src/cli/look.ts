import { listExhibits } from "../app/list-exhibits.ts";
import type { ExhibitFields } from "../app/record.ts";
import { EXIT, type Output, oneLine, printable } from "./output.ts";

/** Where the values of facts begin. */
const INDENT = 19;

export async function list(folder: string, caseName: string | undefined, output: Output): Promise<number> {
  let any = false;
  for await (const piece of listExhibits(folder, {
    json: output.json,
    ...(caseName === undefined ? {} : { caseName }),
  })) {
    any = true;
    process.stdout.write(output.json ? piece : printable(piece));
  }
  if (!any) output.say("Nothing is in this record yet. placard capture URL saves a post.");
  return EXIT.holds;
}

export async function show(folder: string, id: string, output: Output): Promise<number> {
  const { conflictSentences, openRecord, sourcesOf } = await import("../app/record.ts");
  await using record = await openRecord(folder);
  const { summary, fields, words, pressed } = await record.show(id);
  const { position, state, sealedAt, reason, erasedAt } = summary;
  const facts = Object.entries(fields)
    .filter(([name]) => name !== "factSources" && name !== "factConflicts")
    .map(([name, value]) => fact(name, value, sourcesOf(fields, name)));
  const conflicts = conflictSentences(fields).map((sentence) => `  ${oneLine(sentence)}`);
  const standing =
    state === "erased"
      ? `Erased ${erasedAt ?? ""}: ${oneLine(reason ?? "")}`
      : `Sealed ${sealedAt}, entry ${position} of ${record.origin}`;
  const before = pressed === undefined ? "" : `Before it was read, Placard ${oneLine(pressed)}.`;
  output.result(
    { verb: "show", id: summary.id, words, position, state, sealedAt, reason, erasedAt, fields },
    [
      summary.id,
      words.join(" · "),
      standing,
      ...(before === "" ? [] : [before]),
      "",
      ...facts,
      ...(conflicts.length === 0 ? [] : ["", "The page's sources differ; the first was believed:", ...conflicts]),
    ]
      .join("\n")
      .trimEnd(),
  );
  return EXIT.holds;
}

function fact(name: string, value: ExhibitFields[string], sources: string): string {
  const words = typeof value === "string" ? value : JSON.stringify(value);
  const below = printable(words).replaceAll("\n", `\n${" ".repeat(INDENT)}`);
  return `  ${name.padEnd(16)} ${below}${sources === "" ? "" : `  (${oneLine(sources)})`}`;
}
