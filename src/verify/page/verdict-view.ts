/** The verdict in words: what was found, what it means, and which exhibit and record it is about. */
import { headingSaid, meaningSaid } from "../meaning.ts";
import type { Exhibit, Verdict } from "../verdict.ts";
import { laidOpen } from "../wording.ts";
import { nameOf } from "./checks-view.ts";
import { element, foreign, spoken } from "./elements.ts";
import { type Saying, sentence, words } from "./speech.ts";

/** Heading, meaning, and the sentences that matter most. */
export function announce(verdict: Verdict, fileName: string): readonly Node[] {
  const name = foreign("p", "label", laidOpen(fileName));
  const meaning = meaningSaid(verdict).map((said) => spoken("p", "meaning", sentence(said.text, said)));
  return [name, element("h1", "", headingIn(verdict).text), ...meaning, ...telling(verdict)];
}

export function headingIn(verdict: Verdict): Saying {
  const said = headingSaid(verdict);
  return sentence(said.text, said);
}

/** What failed; or where it holds, who sealed and who witnessed it. */
function telling({ verdict, checks }: Verdict): readonly Node[] {
  const wanted = checks.filter(({ name, state }) =>
    verdict === "holds" ? state === "holds" && ["act", "witnesses", "timestamps"].includes(name) : state === "fails",
  );
  // A sentence about what failed names nothing by itself; what holds does.
  return wanted.map(({ name, why, told }) => {
    const said = sentence(why, told);
    return spoken("p", "", verdict === "holds" ? said : { ...said, text: `${nameOf(name)}: ${said.text}` });
  });
}

/** Id, six words, and the words of the record's key; nothing where the file shows no exhibit. */
export function identify(exhibit: Exhibit | undefined): readonly Node[] {
  if (exhibit === undefined) return [];
  const label = words().identity;
  const keyWords = inOrder(element("ol", "key-words", ...exhibit.keyWords.map((word) => element("li", "", word))));
  const keyLabel = element("p", "label", label.key);
  return [
    element("div", "", element("p", "label", label.exhibit), element("p", "id", exhibit.id)),
    element("div", "", element("p", "label", label.words), inOrder(element("p", "words", exhibit.words.join(" · ")))),
    element("div", "", element("p", "label", label.record), foreign("p", "words", laidOpen(exhibit.origin))),
    element("div", "", keyLabel, keyWords),
  ];
}

/** English words, which are compared in their order whatever language the page speaks. */
function inOrder<E extends HTMLElement>(words: E): E {
  words.dir = "ltr";
  return words;
}
