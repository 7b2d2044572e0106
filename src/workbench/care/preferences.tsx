/** When a break is suggested, and how many posts were uncovered today; the number is this device's alone. */
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../language.tsx";
import { meQuery, type Preferences } from "../queries.ts";
import { counted } from "../words/words.ts";
import { beginAtZero, useExposure } from "./exposure.ts";

const OFFERED = [10, 20, 30, 50, 100];

interface CareParts {
  readonly chosen: Preferences;
  readonly choose: (choice: Partial<Preferences>) => void;
}

export function CarePreferences({ chosen: { breakAfter }, choose }: CareParts) {
  const { language, words } = useLanguage();
  const { care } = words;
  const { data: me } = useQuery(meQuery);
  const numbers = [...new Set([...OFFERED, breakAfter])].filter((number) => number > 0).toSorted((a, b) => a - b);
  return (
    <section className="sheet stack" aria-labelledby="care">
      <h2 id="care">{care.title}</h2>
      <NativeSelect
        label={care.after}
        description={care.afterWhy}
        value={breakAfter}
        data={[
          { value: "0", label: care.never },
          ...numbers.map((number) => ({ value: String(number), label: counted(language, care.posts, number) })),
        ]}
        onChange={(event) => choose({ breakAfter: Number(event.currentTarget.value) })}
      />
      {me === undefined ? null : <Today actor={me.actor} />}
    </section>
  );
}

function Today({ actor }: { readonly actor: string }) {
  const { language, words } = useLanguage();
  const { care } = words;
  const count = useExposure(actor);
  return (
    <div className="stack">
      <p role="status">{count === 0 ? care.none : counted(language, care.today, count)}</p>
      <p className="small quiet">{care.private}</p>
      <div>
        <Button variant="default" disabled={count === 0} onClick={() => beginAtZero(actor)}>
          {care.zero}
        </Button>
      </div>
    </div>
  );
}
