import { stderr, stdin } from "node:process";
import { createInterface } from "node:readline/promises";
import { counted, openRecord, type SitePublishing } from "../app/record.ts";
import { EXIT, type Output, oneLine } from "./output.ts";

export interface PublishArguments {
  readonly yes?: boolean;
  readonly undo?: boolean;
}

/** Paths of each kind that are told in words; --json tells all. */
const MOST_TOLD = 8;

export async function publish(
  folder: string,
  target: string,
  { yes = false, undo = false }: PublishArguments,
  output: Output,
): Promise<number> {
  await using record = await openRecord(folder);
  await using publishing = await record.publish(target, { undo, onProgress: (words) => output.progress(words) });
  const { plan, isCurrent, isResumed, made, kept } = publishing;
  const told = { verb: "publish", target: publishing.target, undo, made, kept, resumed: isResumed, plan };
  if (isCurrent) {
    await publishing.go();
    output.result(
      { ...told, done: true },
      `${oneLine(publishing.target)} shows what the record has; nothing is to be done.`,
    );
    return EXIT.holds;
  }
  output.say(planInWords(publishing));
  if (!yes && !(await isAgreed())) {
    output.result({ ...told, done: false }, "Nothing was changed. With --yes it is done without asking.");
    return EXIT.holds;
  }
  let done = 0;
  const all = plan.added.length + plan.changed.length + plan.removed.length;
  await publishing.go(() => {
    if (done++ % 64 === 0) output.progress(`publishing: ${Math.min(done, all)} of ${all}`);
  });
  const back = undo
    ? "It is as it was before, but for the record of seals and what was withdrawn since."
    : "It is whole.";
  output.result({ ...told, done: true }, `Published to ${oneLine(publishing.target)}. ${back}`);
  return EXIT.holds;
}

function planInWords({ target, plan, isResumed }: SitePublishing): string {
  const lines = [
    ...paths("new", plan.added),
    ...paths("changed", plan.changed),
    ...paths("removed", plan.removed),
    `  ${counted(plan.same, "file")} as before; ${counted(plan.bytes, "byte")} to send.`,
  ];
  const lead = isResumed ? "An earlier run was interrupted; this is what it left.\n" : "";
  return `${lead}At ${oneLine(target)}:\n${lines.join("\n")}`;
}

function paths(what: string, all: readonly string[]): readonly string[] {
  if (all.length === 0) return [];
  const more = all.length > MOST_TOLD ? `\n    … and ${counted(all.length - MOST_TOLD, "other")}` : "";
  const shown = all.slice(0, MOST_TOLD).map((path) => `\n    ${oneLine(path)}`);
  return [`  ${counted(all.length, "file")} ${what}:${shown.join("")}${more}`];
}

async function isAgreed(): Promise<boolean> {
  if (!stdin.isTTY) return false;
  const asked = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(?:es)?$/i.test((await asked.question("Do it? (y/N) ")).trim());
  } finally {
    asked.close();
  }
}
