/** The tags of one exhibit and the case it is in: shown, and changed. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Problem } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import type { View } from "../look/queries.ts";
import { useMay } from "../may.ts";
import { useDraft } from "../offline/use-draft.ts";
import { casesQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import { type FileOne, type Filing, filePart, type OneDeed, refresh } from "./filing.ts";
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
      <Changing id={id} caseName={caseName} isPending={filing.isPending} change={(how) => filing.mutateAsync(how)} />
      <Trouble error={filing.error} />
      <p className="small quiet">{find.filedNote}</p>
    </section>
  );
}

interface ChangingParts {
  readonly id: string;
  readonly caseName: string | null;
  readonly isPending: boolean;
  readonly change: FileOne;
}

function Changing({ id, caseName, isPending, change }: ChangingParts) {
  const { find } = useWords();
  const { data: tags } = useQuery(tagsQuery);
  const { data: cases } = useQuery(casesQuery);
  const [tag, put] = [`tag ${id}`, `put ${id}`];
  const drafts = [useDraft(tag), useDraft(put)];
  const [isBegun] = useState(() => drafts.some(({ typed }) => typed !== ""));
  return (
    <details className="more" open={isBegun}>
      <summary>{find.change}</summary>
      <div className="stack">
        <FileForm
          draft={tag}
          label={find.addTag}
          among={tags?.tags.map(({ tag: one }) => one) ?? []}
          maxLength={LONGEST_TAG}
          deed={find.add}
          isPending={isPending}
          file={(typed) => change({ tag: [typed] })}
        />
        <FileForm
          draft={put}
          label={find.putInCase}
          among={cases?.cases.map(({ name }) => name) ?? []}
          maxLength={LONGEST_CASE}
          deed={find.put}
          isPending={isPending}
          file={(typed) => change({ case: typed })}
        />
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

interface FileParts {
  /** Its name among the drafts. */
  readonly draft: string;
  readonly label: string;
  readonly among: readonly string[];
  readonly maxLength: number;
  /** What its button says. */
  readonly deed: string;
  readonly isPending: boolean;
  /** Rejects where it was not done; what was typed stays then. */
  readonly file: OneDeed;
}

function FileForm({ draft: name, label, among, maxLength, deed, isPending, file }: FileParts) {
  const draft = useDraft(name);
  const send = async (form: HTMLFormElement): Promise<void> => {
    const field = form.elements.namedItem("typed") as HTMLInputElement;
    const typed = field.value.trim();
    if (typed === "") return;
    await file(typed);
    draft.keep("");
    // Not made anew: the focus may be in it.
    field.value = "";
  };
  return (
    <form
      className="row field-row"
      onSubmit={(event) => {
        event.preventDefault();
        send(event.currentTarget).catch(() => undefined);
      }}
    >
      <Suggested name="typed" label={label} among={among} maxLength={maxLength} draft={draft} />
      <Button type="submit" variant="default" disabled={isPending}>
        {deed}
      </Button>
    </form>
  );
}
