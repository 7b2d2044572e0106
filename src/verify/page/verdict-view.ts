/** The verdict in words: what was found, what it means, and which exhibit and record it is about. */
import type { Check, Exhibit, Verdict } from "../verdict.ts";
import { laidOpen } from "../wording.ts";
import { element, foreign } from "./elements.ts";

const HEADINGS = { holds: "Everything holds", fails: "This does not hold", unreadable: "This cannot be read" } as const;

export function headingOf(verdict: Verdict): string {
  return HEADINGS[verdict.verdict];
}

/** Heading, meaning, and the sentences that matter most. */
export function announce(verdict: Verdict, fileName: string): readonly Node[] {
  const name = foreign("p", "label", laidOpen(fileName));
  const meaning = meaningOf(verdict).map((words) => element("p", "meaning", words));
  return [name, element("h1", "", headingOf(verdict)), ...meaning, ...telling(verdict)];
}

function meaningOf({ verdict, checks, exhibit }: Verdict): readonly string[] {
  if (verdict === "unreadable") {
    return ["Nothing can be said of it, for or against. It may be damaged, or it is no placard file."];
  }
  if (verdict === "fails") {
    return ["Something in this file is not what it claims to be. Do not rely on it; ask for the file again."];
  }
  if (exhibit === undefined) {
    return ["This web archive is whole. It is no placard file: nothing in it shows when it was made, or by whom."];
  }
  const meaning = [
    "Nobody has changed it since it was sealed. It shows that the record received this, not that the platform vouches for it.",
  ];
  const origin = checks.find(({ name }) => name === "origin");
  if (origin !== undefined) meaning.push(origin.why);
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

/** What failed; or where it holds, who sealed and who witnessed it. */
function telling({ verdict, checks }: Verdict): readonly Node[] {
  const wanted = checks.filter(({ name, state }) =>
    verdict === "holds" ? state === "holds" && ["act", "witnesses", "timestamps"].includes(name) : state === "fails",
  );
  return wanted.map(({ why }) => foreign("p", "", why));
}

/** Id, six words, and the words of the record's key; nothing where the file shows no exhibit. */
export function identify(exhibit: Exhibit | undefined): readonly Node[] {
  if (exhibit === undefined) return [];
  const words = element("ol", "key-words", ...exhibit.keyWords.map((word) => element("li", "", word)));
  const keyLabel = element("p", "label", "The record’s key, in words to compare with its keepers");
  return [
    element("div", "", element("p", "label", "Exhibit"), element("p", "id", exhibit.id)),
    element("div", "", element("p", "label", "In six words"), element("p", "words", exhibit.words.join(" · "))),
    element("div", "", element("p", "label", "Record"), foreign("p", "words", laidOpen(exhibit.origin))),
    element("div", "", keyLabel, words),
  ];
}

function stateOf(checks: readonly Check[], name: string): Check["state"] | undefined {
  return checks.find((check) => check.name === name)?.state;
}
