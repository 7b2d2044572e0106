/** What a verdict means, in sentences for whoever was handed the file: the same on the command line and on the page. */
import type { Check, Exhibit, Verdict } from "./verdict.ts";

const HEADINGS = { holds: "Everything holds", fails: "This does not hold", unreadable: "This cannot be read" } as const;

export function headingOf({ verdict, exhibit }: Verdict): string {
  return isSample(exhibit) ? "This is a sample, and no evidence" : HEADINGS[verdict];
}

export function meaningOf({ verdict, checks, exhibit }: Verdict): readonly string[] {
  if (verdict === "unreadable") {
    if (checks[0]?.code === "storage") return ["It could not be opened, so nothing can be said of it."];
    return ["Nothing can be said of it, for or against. It may be damaged, or it is no placard file."];
  }
  if (verdict === "fails") {
    return ["Something in this file is not what it claims to be. Do not rely on it; ask for the file again."];
  }
  if (exhibit === undefined) {
    return ["This web archive is whole. It is no placard file: nothing in it shows when it was made, or by whom."];
  }
  const meaning = [
    ...(isSample(exhibit)
      ? ["Placard made it up so that people can try things out: nobody posted it, and it is evidence of nothing."]
      : []),
    "Nobody has changed it since it was sealed. It shows that the record received this, not that the platform vouches for it.",
  ];
  for (const told of ["origin", "byte record"]) {
    const check = checks.find(({ name, state }) => name === told && state === "absent");
    if (check !== undefined) meaning.push(check.why);
  }
  if (stateOf(checks, "witnesses") !== "holds" && stateOf(checks, "timestamps") !== "holds") {
    meaning.push("When that was is the record’s own word: nobody whom you named vouches for it.");
  }
  if (stateOf(checks, "trust") === "absent") {
    meaning.push(
      "You have not said whom you trust. Before you rely on it, compare the twelve words of the record’s key.",
    );
  }
  return meaning;
}

function isSample(exhibit: Exhibit | undefined): boolean {
  return exhibit?.fields["sample"] === true;
}

function stateOf(checks: readonly Check[], name: string): Check["state"] | undefined {
  return checks.find((check) => check.name === name)?.state;
}
