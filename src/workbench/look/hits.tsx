/** Where, beside its title, a post says what was looked for: in its words, in the group's note. Covered as titles are. */
import { Covered } from "../care/titles.tsx";
import { useWords } from "../language.tsx";
import { Marked } from "./marked.tsx";
import type { Found } from "./queries.ts";

export function Hits({ marks }: Pick<Found, "marks">) {
  const { look } = useWords();
  return (["text", "note"] as const)
    .filter((place) => marks[place].some(({ found }) => found === true))
    .map((place) => (
      <span key={place} className="small exhibit-hit">
        <span className="quiet">{look.foundIn[place]}</span>
        <Covered>
          <span dir="auto" className="exhibit-excerpt">
            <Marked pieces={marks[place]} />
          </span>
        </Covered>
      </span>
    ));
}
