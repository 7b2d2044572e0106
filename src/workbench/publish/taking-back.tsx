/** What keeps an exhibit from the public or takes it back, which one person may do; and corrections, which take two. */
import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api } from "../api.ts";
import { useMoments } from "../frame/moment.ts";
import { Spoken } from "../frame/spoken.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { meQuery } from "../queries.ts";
import { saidIn } from "../words/said.ts";
import { fill } from "../words/words.ts";
import { type HoldKind, type Publication, rulesQuery, useStep, type WithdrawalKind } from "./queries.ts";
import "../style/fields.css";

const of = api.exhibits[":id"];
type Parts = { readonly publication: Publication };

/** The form's own submission, with what was filled in; emptied once that was taken. */
const submitting =
  (send: (form: FormData, done: () => void) => void) =>
  (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    send(new FormData(form), () => form.reset());
  };
const textIn = (form: FormData, name: string): string => String(form.get(name) ?? "");

export function Holds({ publication }: Parts) {
  const { holds: words } = useWords().publish;
  const moment = useMoments();
  const may = useMay();
  const { holds } = publication.standing;
  return (
    <section className="sheet main stack" aria-labelledby="holds">
      <h2 id="holds">{words.title}</h2>
      {holds.length === 0 ? <p className="quiet">{words.none}</p> : null}
      {holds.map((hold) => (
        <div key={hold.id} className="stack hold">
          <p>
            <strong>{words.kinds[hold.hold]}</strong>
            {hold.until === undefined ? null : ` · ${fill(words.untilDay, { time: moment(hold.until) })}`}
          </p>
          <p dir="auto">{hold.why}</p>
          {may("POST /api/exhibits/:id/released") ? <Release id={publication.id} held={hold.id} /> : null}
        </div>
      ))}
      {may("POST /api/exhibits/:id/held") ? <AddHold id={publication.id} /> : null}
    </section>
  );
}

function Release({ id, held }: { readonly id: string; readonly held: string }) {
  const { holds: words } = useWords().publish;
  const releasing = useStep(id, (why: string) => answer(of.released.$post({ param: { id }, json: { held, why } })));
  return (
    <form className="row" onSubmit={submitting((form) => releasing.mutate(textIn(form, "why")))}>
      <TextInput name="why" label={words.released} required minLength={3} maxLength={1000} />
      <Button type="submit" variant="default" disabled={releasing.isPending}>
        {words.release}
      </Button>
      <Trouble error={releasing.error} />
    </form>
  );
}

interface Holding {
  readonly hold: HoldKind;
  readonly why: string;
  readonly until?: string;
}

function AddHold({ id }: { readonly id: string }) {
  const { holds: words } = useWords().publish;
  const reader = useLanguage();
  const { data: rules } = useQuery(rulesQuery);
  const [kind, choose] = useState<HoldKind>("active-proceedings");
  const holding = useStep(id, (json: Holding) => answer(of.held.$post({ param: { id }, json })));
  const rule = rules?.holds.find((one) => one.kind === kind);
  const submit = submitting((form, done) => {
    const day = textIn(form, "until");
    // The day is over where whoever was asked is, at the latest.
    const until = day === "" ? {} : { until: new Date(`${day}T23:59:59`).toISOString() };
    holding.mutate({ hold: kind, why: textIn(form, "why"), ...until }, { onSuccess: done });
  });
  return (
    <form className="stack" onSubmit={submit}>
      <p className="small quiet">{words.addWhat}</p>
      <NativeSelect
        label={words.kind}
        value={kind}
        onChange={(event) => choose(event.currentTarget.value as HoldKind)}
        data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
        description={rule === undefined ? "" : saidIn(reader, rule.why.text, rule.why.told).text}
      />
      {rule?.ends === true ? <TextInput name="until" type="date" label={words.until} required /> : null}
      <Textarea name="why" label={words.why} required minLength={3} maxLength={1000} autosize minRows={1} />
      <Trouble error={holding.error} />
      <div>
        <Button type="submit" variant="default" disabled={holding.isPending}>
          {words.add}
        </Button>
      </div>
    </form>
  );
}

export function Withdraw({ publication: { id, standing } }: Parts) {
  const { withdraw: words } = useWords().publish;
  const may = useMay();
  const reader = useLanguage();
  const { data: rules } = useQuery(rulesQuery);
  const withdrawing = useStep(id, (because: WithdrawalKind) =>
    answer(of.withdrawn.$post({ param: { id }, json: { because } })),
  );
  const { publication, withdrawn } = standing;
  if (publication === undefined || rules === undefined) return null;
  if (withdrawn !== undefined) {
    const rule = rules.withdrawals.find(({ kind }) => kind === withdrawn.because);
    return rule === undefined ? null : (
      <p className="sheet main">
        <Spoken english={rule.why.text} told={rule.why.told} />
      </p>
    );
  }
  if (!may("POST /api/exhibits/:id/withdrawn")) return null;
  return (
    <form
      className="sheet main stack"
      aria-labelledby="withdraw"
      onSubmit={submitting((form) => withdrawing.mutate(textIn(form, "because") as WithdrawalKind))}
    >
      <h2 id="withdraw">{words.title}</h2>
      <p className="small quiet">{words.what}</p>
      <NativeSelect
        name="because"
        label={words.reason}
        data={rules.withdrawals.map(({ kind, why }) => ({
          value: kind,
          label: saidIn(reader, why.text, why.told).text,
        }))}
      />
      <Trouble error={withdrawing.error} />
      <div>
        <Button type="submit" variant="default" disabled={withdrawing.isPending}>
          {words.do}
        </Button>
      </div>
    </form>
  );
}

export function Corrections({ publication: { id, standing } }: Parts) {
  const { corrections: words } = useWords().publish;
  const may = useMay();
  const proposing = useStep(id, (json: { what: string; why: string }) =>
    answer(of.corrected.$post({ param: { id }, json })),
  );
  if (standing.publication === undefined) return null;
  const submit = submitting((form, done) =>
    proposing.mutate({ what: textIn(form, "what"), why: textIn(form, "why") }, { onSuccess: done }),
  );
  return (
    <section className="sheet main stack" aria-labelledby="corrections">
      <h2 id="corrections">{words.title}</h2>
      {standing.corrections.map((correction) => (
        <Correction key={correction.id} id={id} correction={correction} />
      ))}
      {may("POST /api/exhibits/:id/corrected") ? (
        <form className="stack" onSubmit={submit}>
          <Textarea name="what" label={words.what} required minLength={3} maxLength={1000} autosize minRows={2} />
          <Textarea name="why" label={words.why} required minLength={3} maxLength={1000} autosize minRows={1} />
          <Trouble error={proposing.error} />
          <div>
            <Button type="submit" variant="default" disabled={proposing.isPending}>
              {words.propose}
            </Button>
          </div>
        </form>
      ) : null}
    </section>
  );
}

type Proposed = Publication["standing"]["corrections"][number];

function Correction({ id, correction }: { readonly id: string; readonly correction: Proposed }) {
  const { corrections: words } = useWords().publish;
  const moment = useMoments();
  const may = useMay();
  const { data: me } = useQuery(meQuery);
  const agreeing = useStep(id, (act: string) =>
    answer(of.confirmed.$post({ param: { id }, json: { correction: act } })),
  );
  const { confirmedAt, by, what, why } = correction;
  const mayAgree = confirmedAt === undefined && by !== me?.actor && may("POST /api/exhibits/:id/confirmed");
  return (
    <div className="stack hold">
      <p dir="auto">{what}</p>
      <p dir="auto" className="quiet">
        {why}
      </p>
      <p className="small quiet">
        {confirmedAt === undefined ? words.waits : fill(words.since, { time: moment(confirmedAt) })}
      </p>
      <Trouble error={agreeing.error} />
      {mayAgree ? (
        <div>
          <Button disabled={agreeing.isPending} onClick={() => agreeing.mutate(correction.id)}>
            {words.agree}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
