/** The tags of one exhibit and the case it is in: shown, and changed. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Problem } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import type { View } from "../look/queries.ts";
import { useMay } from "../may.ts";
import { casesQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import { type FileOne, type Filing, filePart, refresh } from "./filing.ts";
import { tagsQuery } from "./queries.ts";
import { Suggested } from "./suggested.tsx";
import "../style/fields.css";
import "./find.css";

const LONGEST_TAG = 60;
const LONGEST_CASE = 200;

export function TagsOf({ view }: { readonly view: View }) {
  const { find } = useWords();
  const may = useMay();
  const queries = useQueryClient();
  const { id, caseName, state } = view.exhibit;
  const filing = useMutation({
    mutationFn: async (change: Filing) => {
      const [failed] = await filePart([id], change);
      if (failed !== undefined) throw new Problem("not_filed", failed.reason, { told: failed.told });
    },
    onSuccess: () => refresh(queries),
  });
  if (!may("POST /api/filings") || state === "erased") return null;
  return (
    <section className="stack" aria-labelledby="filed">
      <h2 id="filed">{find.tags}</h2>
      {view.tags.length === 0 ? <p className="quiet">{find.noTags}</p> : null}
      <ul className="tags">
        {view.tags.map((tag) => (
          <li key={tag} className="tag">
            <Link to="/find" search={{ tag }} dir="auto">
              {tag}
            </Link>
            <button
              type="button"
              className="tag-off"
              disabled={filing.isPending}
              aria-label={fill(find.takeOff, { tag })}
              onClick={() => filing.mutate({ untag: [tag] })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <Changing caseName={caseName} isPending={filing.isPending} change={(how) => filing.mutateAsync(how)} />
      <Trouble error={filing.error} />
      <p className="small quiet">{find.filedNote}</p>
    </section>
  );
}

interface ChangingParts {
  readonly caseName: string | null;
  readonly isPending: boolean;
  readonly change: FileOne;
}

function Changing({ caseName, isPending, change }: ChangingParts) {
  const { find } = useWords();
  const { data: tags } = useQuery(tagsQuery);
  const { data: cases } = useQuery(casesQuery);
  const send =
    (filingOf: (typed: string) => Filing) =>
    (event: React.FormEvent<HTMLFormElement>): void => {
      event.preventDefault();
      const form = event.currentTarget;
      const typed = String(new FormData(form).get("typed") ?? "").trim();
      if (typed !== "")
        void change(filingOf(typed)).then(
          () => form.reset(),
          () => undefined,
        );
    };
  return (
    <details className="more">
      <summary>{find.change}</summary>
      <div className="stack">
        <form className="row field-row" onSubmit={send((tag) => ({ tag: [tag] }))}>
          <Suggested
            name="typed"
            label={find.addTag}
            among={tags?.tags.map(({ tag }) => tag) ?? []}
            maxLength={LONGEST_TAG}
          />
          <Button type="submit" variant="default" disabled={isPending}>
            {find.add}
          </Button>
        </form>
        <form className="row field-row" onSubmit={send((name) => ({ case: name }))}>
          <Suggested
            name="typed"
            label={find.putInCase}
            among={cases?.cases.map(({ name }) => name) ?? []}
            maxLength={LONGEST_CASE}
          />
          <Button type="submit" variant="default" disabled={isPending}>
            {find.put}
          </Button>
        </form>
        {caseName === null ? null : (
          <div>
            <Button
              variant="default"
              disabled={isPending}
              onClick={() => void change({ case: null }).catch(() => undefined)}
            >
              {find.takeOut}
            </Button>
          </div>
        )}
      </div>
    </details>
  );
}
