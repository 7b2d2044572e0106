/** What can be done with many: chosen one by one, from one to another, or all that match. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { answer, api, isStopped } from "../api.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { download } from "../keep/download.ts";
import { useLanguage, useWords } from "../language.tsx";
import type { Choosing } from "../look/chosen.tsx";
import { countsQuery, type Search } from "../look/queries.ts";
import { useMay } from "../may.ts";
import { useDraft } from "../offline/use-draft.ts";
import { casesQuery } from "../queries.ts";
import { counted, fill } from "../words/words.ts";
import type { ManyDeed } from "./filing.ts";
import { HowFar } from "./how-far.tsx";
import { useInParts } from "./in-parts.ts";
import { tagsQuery } from "./queries.ts";
import { Suggested } from "./suggested.tsx";
import "../style/fields.css";
import "../look/erase.css";
import "./find.css";

/** In one file, as the server gives them. */
const MOST_PROOFS = 100;
/** In one pack, as the server makes it. */
const MOST_PLACARDS = 100;
const LONGEST_TAG = 60;
const LONGEST_CASE = 200;

export function ManyBar(choosing: Choosing) {
  const may = useMay();
  const deeds = useInParts();
  const { chosen } = choosing;
  if (!may("POST /api/filings")) return null;
  if (chosen.size === 0 && deeds.progress === undefined) return null;
  return (
    <section className="sheet main stack chosen-bar">
      {deeds.progress === undefined ? <Doing {...choosing} {...deeds} /> : null}
      <Trouble error={deeds.error} />
      <HowFar progress={deeds.progress} stop={deeds.stop} close={deeds.forget} />
    </section>
  );
}

/** Ids come from the server, to a bound that is said. */
export function ChooseAll({ search, chosen, choose, chooseNone }: { readonly search: Search } & Choosing) {
  const { language, words } = useLanguage();
  const { many } = words.find;
  const may = useMay();
  const { data: counts } = useQuery(countsQuery(search));
  const choosing = useMutation({
    mutationFn: () => answer(api.exhibits.ids.$get({ query: { ...search } })),
    onSuccess: ({ ids }) => choose(ids, true),
  });
  const sealed = counts?.states.find(({ value }) => value === "sealed")?.count ?? 0;
  if (!may("GET /api/exhibits/ids") || sealed === 0 || counts?.total === 0) return null;
  const { data: found } = choosing;
  const isCut = found !== undefined && chosen.size > 0 && found.total > found.ids.length;
  return (
    <div className="stack">
      <div className="row">
        <Button variant="default" disabled={choosing.isPending} onClick={() => choosing.mutate()}>
          {counted(language, many.all, Math.min(sealed, counts?.total ?? 0))}
        </Button>
        {chosen.size === 0 ? null : (
          <Button variant="default" onClick={chooseNone}>
            {many.none}
          </Button>
        )}
        <span className="small quiet only-keys">{many.shift}</span>
      </div>
      <Trouble error={choosing.error} />
      {found !== undefined && isCut ? (
        <p role="status">{fill(many.bound, { count: found.ids.length, total: found.total })}</p>
      ) : null}
    </div>
  );
}

type DoingParts = Choosing & Pick<ReturnType<typeof useInParts>, "file" | "lookAgain">;

function Doing({ chosen, file, lookAgain }: DoingParts) {
  const { language, words } = useLanguage();
  const { find, look } = words;
  const { many } = find;
  const may = useMay();
  const { data: tags } = useQuery(tagsQuery);
  const { data: cases } = useQuery(casesQuery);
  const ids = [...chosen];
  return (
    <>
      <p role="status">{counted(language, look.chosen, chosen.size)}</p>
      <div className="row">
        <Asking
          form="tag many"
          title={many.tag}
          label={find.tag}
          among={tags?.tags.map(({ tag }) => tag) ?? []}
          maxLength={LONGEST_TAG}
          doing={[
            [many.tagOn, (tag) => file(ids, { tag: [tag] })],
            [many.tagOff, (tag) => file(ids, { untag: [tag] })],
          ]}
        />
        <Asking
          form="put many"
          title={many.put}
          label={find.caseOf}
          among={cases?.cases.map(({ name }) => name) ?? []}
          maxLength={LONGEST_CASE}
          doing={[[find.put, (name) => file(ids, { case: name })]]}
        />
        {ids.length > MOST_PLACARDS ? null : (
          <LinkButton variant="default" to="/show" search={{ ids }}>
            {look.toPlacard}
          </LinkButton>
        )}
        {may("POST /api/questions") && ids.length <= MOST_PLACARDS ? (
          <LinkButton variant="default" to="/questions/ask" search={{ ids }}>
            {words.ask.about}
          </LinkButton>
        ) : null}
        {may("POST /api/recaptures") ? (
          <Button variant="default" onClick={() => void lookAgain(ids)}>
            {many.again}
          </Button>
        ) : null}
        <Proofs ids={ids} />
      </div>
      {ids.length > MOST_PLACARDS ? (
        <p className="small quiet">{fill(many.placardTooMany, { count: MOST_PLACARDS })}</p>
      ) : null}
    </>
  );
}

interface AskingParts {
  /** Its name among the drafts. */
  readonly form: string;
  readonly title: string;
  readonly label: string;
  readonly among: readonly string[];
  readonly maxLength: number;
  /** Until one of them is done, what was typed stays. */
  readonly doing: readonly (readonly [name: string, act: ManyDeed])[];
}

function Asking({ form: name, title, label, among, maxLength, doing }: AskingParts) {
  const { find } = useWords();
  const draft = useDraft(name);
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const take = async (act: ManyDeed): Promise<void> => {
    if (form.current?.reportValidity() !== true) return;
    const typed = String(new FormData(form.current).get("typed") ?? "").trim();
    if (typed === "") return;
    dialog.current?.close();
    if (await act(typed)) draft.keep("");
  };
  return (
    <>
      <Button variant="default" onClick={() => dialog.current?.showModal()}>
        {title}
      </Button>
      <dialog ref={dialog} className="sheet main ask" aria-label={title}>
        <form
          ref={form}
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            const [first] = doing;
            if (first !== undefined) void take(first[1]);
          }}
        >
          <h2>{title}</h2>
          <Suggested name="typed" label={label} among={among} maxLength={maxLength} draft={draft} />
          <div className="row">
            {doing.map(([name, act], place) => (
              <Button key={name} variant={place === 0 ? "filled" : "default"} onClick={() => void take(act)}>
                {name}
              </Button>
            ))}
            <Button variant="default" onClick={() => dialog.current?.close()}>
              {find.many.close}
            </Button>
          </div>
          <p className="small quiet">{find.filedNote}</p>
        </form>
      </dialog>
    </>
  );
}

function Proofs({ ids }: { readonly ids: readonly string[] }) {
  const { many } = useWords().find;
  const stopping = useRef<AbortController>(undefined);
  const making = useMutation({
    mutationFn: () => {
      stopping.current = new AbortController();
      const headers = { "Content-Type": "application/json" };
      const init = { method: "POST", headers, body: JSON.stringify({ ids }), signal: stopping.current.signal };
      return download("/api/proofs", init, () => undefined);
    },
  });
  if (ids.length > MOST_PROOFS)
    return <p className="small quiet">{fill(many.proofsTooMany, { count: MOST_PROOFS })}</p>;
  const wasStopped = isStopped(making.error);
  return (
    <>
      <Button variant="default" disabled={making.isPending} onClick={() => making.mutate()}>
        {many.proofs}
      </Button>
      {making.isPending ? (
        <Button variant="default" onClick={() => stopping.current?.abort()}>
          {many.stop}
        </Button>
      ) : null}
      {wasStopped ? null : <Trouble error={making.error} />}
      <p role="status" className="small">
        {making.isPending
          ? many.proofsMaking
          : making.data === undefined
            ? ""
            : fill(many.proofsDone, { name: making.data.name })}
      </p>
    </>
  );
}
