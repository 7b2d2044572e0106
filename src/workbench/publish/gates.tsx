/** The gates one after another: what each is for, whether it is passed, and what passes it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { answer, api } from "../api.ts";
import { Chip } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useMoments } from "../frame/moment.ts";
import { Spoken } from "../frame/spoken.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { meQuery } from "../queries.ts";
import { RedactedProof } from "../redact/redacted-proof.tsx";
import { fill } from "../words/words.ts";
import { NoteGate } from "./note.tsx";
import { type Publication, type Rules, rulesQuery, useStep } from "./queries.ts";
import "./publish.css";

const of = api.exhibits[":id"];

export function Gates({ publication }: { readonly publication: Publication }) {
  const { publish } = useWords();
  const { data: rules } = useQuery(rulesQuery);
  const { standing } = publication;
  return (
    <ol className="gates">
      <Gate title={publish.redaction.title} isPassed={standing.cleared !== undefined} rule={ruleOf(rules, "redaction")}>
        <Clear publication={publication} />
      </Gate>
      <Gate title={publish.note.title} isPassed={standing.note !== undefined} rule={ruleOf(rules, "reason")}>
        <NoteGate key={standing.note?.id ?? ""} publication={publication} />
      </Gate>
      <Gate title={publish.second.title} isPassed={standing.agreed !== undefined} rule={ruleOf(rules, "second")}>
        <Approve publication={publication} />
      </Gate>
      <Gate title={publish.public.title} isPassed={publication.isPublic && standing.step === "published"}>
        <Publish publication={publication} />
      </Gate>
    </ol>
  );
}

type Rule = Rules["gates"][number];
const ruleOf = (rules: Rules | undefined, kind: string): Rule | undefined =>
  rules?.gates.find((rule) => rule.kind === kind);

interface GateParts {
  readonly title: string;
  readonly isPassed: boolean;
  readonly rule?: Rule | undefined;
  readonly children: ReactNode;
}

function Gate({ title, isPassed, rule, children }: GateParts) {
  const { publish } = useWords();
  return (
    <li className="sheet main gate stack">
      <div className="gate-head">
        <h2>{title}</h2>
        <Chip tone={isPassed ? "holds" : "plain"}>{isPassed ? publish.done : publish.notDone}</Chip>
      </div>
      {rule === undefined ? null : (
        <p className="quiet">
          <Spoken english={rule.why.text} told={rule.why.told} />
        </p>
      )}
      {children}
      {rule === undefined ? null : (
        <p className="small quiet">
          {publish.law} <bdi lang="en">{rule.law.join("; ")}</bdi>
        </p>
      )}
    </li>
  );
}

function Clear({ publication: { id, standing } }: { readonly publication: Publication }) {
  const { publish, redact } = useWords();
  const { redaction: words } = publish;
  const may = useMay();
  const { redaction } = standing;
  const clearing = useStep(id, (act: string) => answer(of.cleared.$post({ param: { id }, json: { redaction: act } })));
  const ways = may("GET /api/exhibits/:id/redaction") ? (
    <div className="row">
      <LinkButton to="/look/$id/redact" params={{ id }} variant={redaction === undefined ? "filled" : "default"}>
        {redact.open}
      </LinkButton>
      {redaction === undefined ? null : <RedactedProof id={id} />}
    </div>
  ) : null;
  if (redaction === undefined)
    return (
      <>
        <p>{words.none}</p>
        {ways}
      </>
    );
  if (standing.cleared !== undefined || !may("POST /api/exhibits/:id/cleared")) return ways;
  return (
    <>
      <p>{words.there}</p>
      {ways}
      <Trouble error={clearing.error} />
      <div>
        <Button disabled={clearing.isPending} onClick={() => clearing.mutate(redaction.id)}>
          {words.clear}
        </Button>
      </div>
    </>
  );
}

function Approve({ publication: { id, standing } }: { readonly publication: Publication }) {
  const { second } = useWords().publish;
  const moment = useMoments();
  const may = useMay();
  const { data: me } = useQuery(meQuery);
  const { cleared, note, agreed, holds, preparers } = standing;
  const agreeing = useStep(id, (json: { cleared: string; note: string }) =>
    answer(of.approved.$post({ param: { id }, json })),
  );
  if (agreed !== undefined) return <p>{fill(second.agreed, { time: moment(agreed.approvedAt) })}</p>;
  if (cleared === undefined || note === undefined || holds.length > 0 || me === undefined) return null;
  if (!standing.isSigned) return <p>{second.unsigned}</p>;
  if (preparers.includes(me.actor) || standing.onlyCoder === me.actor) return <p>{second.own}</p>;
  if (!may("POST /api/exhibits/:id/approved")) return null;
  return (
    <>
      <p>{second.ask}</p>
      <Trouble error={agreeing.error} />
      <div>
        <Button disabled={agreeing.isPending} onClick={() => agreeing.mutate({ cleared, note: note.id })}>
          {second.agree}
        </Button>
      </div>
    </>
  );
}

function Publish({ publication: { id, standing } }: { readonly publication: Publication }) {
  const words = useWords().publish.public;
  const moment = useMoments();
  const may = useMay();
  const { agreed, publication, step, holds } = standing;
  const publishing = useStep(id, (approval: string) =>
    answer(of.published.$post({ param: { id }, json: { approval } })),
  );
  const mayPublish = step === "approved" && holds.length === 0 && may("POST /api/exhibits/:id/published");
  return (
    <>
      {publication === undefined ? null : (
        <p className="quiet">{fill(words.first, { time: moment(publication.firstAt) })}</p>
      )}
      {agreed === undefined || !mayPublish ? null : (
        <>
          <p>{words.what}</p>
          <Trouble error={publishing.error} />
          <div>
            <Button disabled={publishing.isPending} onClick={() => publishing.mutate(agreed.approval)}>
              {words.publish}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
