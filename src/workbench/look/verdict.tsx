/** Its id, the words to read out, and the verdict: checked when it is asked for, in words first. */
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { Chip, type Tone } from "../frame/chip.tsx";
import { Spoken } from "../frame/spoken.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import type { View } from "./queries.ts";

export function VerdictBox({ view }: { readonly view: View }) {
  const { look, told, sample } = useWords();
  const checks: Readonly<Record<string, string>> = told.checks;
  const { id } = view.exhibit;
  const checking = useMutation({ mutationFn: () => answer(api.exhibits[":id"].verify.$post({ param: { id } })) });
  const verdict = checking.data;
  return (
    <section
      className="sheet verdict stack"
      data-verdict={view.exhibit.sample ? undefined : verdict?.verdict}
      aria-label={look.check}
    >
      {view.exhibit.sample ? (
        <div className="stack">
          <div>
            <Chip tone="working">{sample.chip}</Chip>
          </div>
          <p>
            <strong>{sample.notEvidence}</strong>
          </p>
        </div>
      ) : null}
      <div role="status">
        {verdict === undefined ? (
          checking.isPending ? (
            <p>{look.checking}</p>
          ) : null
        ) : (
          <div className="stack">
            <h2>
              <Spoken english={verdict.heading.text} told={verdict.heading} />
            </h2>
            {verdict.meaning.map(({ text, code, values }) => (
              <p key={text}>
                <Spoken english={text} told={code === undefined ? undefined : { code, values }} />
              </p>
            ))}
          </div>
        )}
      </div>
      <p className="mono">
        <strong>{id}</strong>
      </p>
      <p className="mono small" aria-label={look.wordsToRead}>
        {view.words.join(" · ")}
      </p>
      <p className="small quiet">{look.sealedMeans}</p>
      <Trouble error={checking.error} />
      {verdict === undefined ? (
        <div>
          <Button variant="default" disabled={checking.isPending} onClick={() => checking.mutate()}>
            {look.check}
          </Button>
        </div>
      ) : (
        <details className="more">
          <summary>{look.technical}</summary>
          <ul className="checks">
            {verdict.checks.map(({ name, state, why, told }) => (
              <li key={name}>
                <Chip tone={TONES[state]}>
                  {checks[name] ?? (
                    <span lang="en" dir="ltr">
                      {name}
                    </span>
                  )}
                </Chip>
                <span className="small">
                  <Spoken english={why} told={told} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const TONES: Readonly<Record<"holds" | "fails" | "withheld" | "absent", Tone>> = {
  holds: "holds",
  fails: "fails",
  withheld: "plain",
  absent: "plain",
};
