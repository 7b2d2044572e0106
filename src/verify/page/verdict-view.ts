/** The verdict in words: what was found, what it means, and which exhibit and record it is about. */
import { headingOf, meaningOf } from "../meaning.ts";
import type { Exhibit, Verdict } from "../verdict.ts";
import { laidOpen } from "../wording.ts";
import { nameOf } from "./checks-view.ts";
import { element, foreign } from "./elements.ts";

/** Heading, meaning, and the sentences that matter most. */
export function announce(verdict: Verdict, fileName: string): readonly Node[] {
  const name = foreign("p", "label", laidOpen(fileName));
  const meaning = meaningOf(verdict).map((words) => element("p", "meaning", words));
  return [name, element("h1", "", headingOf(verdict)), ...meaning, ...telling(verdict)];
}

/** What failed; or where it holds, who sealed and who witnessed it. */
function telling({ verdict, checks }: Verdict): readonly Node[] {
  const wanted = checks.filter(({ name, state }) =>
    verdict === "holds" ? state === "holds" && ["act", "witnesses", "timestamps"].includes(name) : state === "fails",
  );
  // A sentence about what failed names nothing by itself; what holds does.
  return wanted.map(({ name, why }) => foreign("p", "", verdict === "holds" ? why : `${nameOf(name)}: ${why}`));
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
