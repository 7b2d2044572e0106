/** What is known of an exhibit, what happened to it, and where the same stands. */
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { Title, useTitleOf } from "../care/titles.tsx";
import { Chip } from "../frame/chip.tsx";
import { useMoments } from "../frame/moment.ts";
import { useLanguage, useWords } from "../language.tsx";
import { type Said, saidIn } from "../words/said.ts";
import { fill } from "../words/words.ts";
import { useActorNames } from "./actors.ts";
import { Changed } from "./changed.tsx";
import { Cover } from "./cover.tsx";
import { conflictSaid, labelSaid, sourcesSaid, valueSaid } from "./in-words.ts";
import { STANDINGS, type View } from "./queries.ts";
import "./known.css";

/** What may be the server's own words. */
function Own({ said: { text, lang } }: { readonly said: Said }) {
  return (
    <bdi lang={lang} dir="auto">
      {text}
    </bdi>
  );
}

export function Known({ view }: { readonly view: View }) {
  const reader = useLanguage();
  const { language, words } = reader;
  const { look } = words;
  const { facts, conflicts, note } = view;
  return (
    <section className="stack" aria-labelledby="known">
      <h2 id="known">{look.facts}</h2>
      <dl className="facts">
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>
              <Own said={labelSaid(fact, words, language)} />
            </dt>
            <dd>
              <Value name={fact.name} value={valueSaid(fact, words, language)} />
              {fact.sources === "" ? null : <span className="small quiet">{sourcesSaid(fact, reader)}</span>}
            </dd>
          </div>
        ))}
        {note === null ? null : (
          <div>
            <dt>{look.note}</dt>
            <dd dir="auto">{note}</dd>
          </div>
        )}
      </dl>
      {conflicts.length === 0 ? null : (
        <>
          <h3>{look.conflicts}</h3>
          <Cover>{() => conflicts.map((one) => <p key={one.text}>{conflictSaid(one, reader)}</p>)}</Cover>
        </>
      )}
    </section>
  );
}

/** An address is read from left to right, whatever stands beside it. */
function Value({ name, value }: { readonly name: string; readonly value: string }) {
  if (name === "title")
    return (
      <bdi dir="auto">
        <Title>{value}</Title>
      </bdi>
    );
  return <bdi dir={/^https?:/.test(value) ? "ltr" : "auto"}>{value}</bdi>;
}

export function Happened({ view }: { readonly view: View }) {
  const reader = useLanguage();
  const { look } = reader.words;
  const moment = useMoments();
  const nameOf = useActorNames();
  return (
    <section className="stack" aria-labelledby="happened">
      <h2 id="happened">{look.happened}</h2>
      <ol className="steps">
        {view.steps.map((step) => (
          <li key={`${step.at} ${step.told[0]?.text}`}>
            <strong>
              {step.told.map((one) => (
                <Fragment key={one.text}>
                  <Own said={saidIn(reader, one.text, one)} />{" "}
                </Fragment>
              ))}
            </strong>
            <span className="small quiet">
              {moment(step.at)}
              {step.actor === null ? "" : ` · ${fill(look.by, { actor: nameOf(step.actor) })}`}
            </span>
          </li>
        ))}
      </ol>
      {view.provenance.map((sentence) => {
        const { text, lang } = saidIn(reader, sentence.text, sentence);
        return (
          <p key={sentence.text} lang={lang} dir={lang === undefined ? undefined : "ltr"} className="small">
            {text}
          </p>
        );
      })}
      <details className="more">
        <summary>{look.technical}</summary>
        <dl className="facts technical">
          {view.technical.map(({ name, value }) => (
            <div key={name}>
              <dt lang="en">
                <bdi dir="ltr">{name}</bdi>
              </dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

export function Changes({ view }: { readonly view: View }) {
  const { look } = useWords();
  const moment = useMoments();
  return (
    <div className="stack">
      {view.recaptures.length === 0 ? <p className="quiet">{look.noChanges}</p> : null}
      <ol className="steps">
        {view.recaptures.map((one) => {
          const { id, at, result } = one;
          const standing = STANDINGS.find((known) => known === result);
          return (
            <li key={id}>
              <strong>{standing === undefined ? (result ?? "") : look.standings[standing]}</strong>
              <span className="small quiet">{moment(at)}</span>
              <Changed recapture={one} />
            </li>
          );
        })}
      </ol>
      {view.next.map((time) => (
        <p key={time} className="quiet">
          {fill(look.next, { time: moment(time) })}
        </p>
      ))}
    </div>
  );
}

export function Alike({ view }: { readonly view: View }) {
  const { look } = useWords();
  const titleOf = useTitleOf();
  if (view.alike.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="alike">
      <h2 id="alike">{look.alike}</h2>
      <ul className="alike">
        {view.alike.map(({ exhibit, why }) => (
          <li key={exhibit.id} className="row">
            <Link to="/look/$id" params={{ id: exhibit.id }} dir="auto">
              {titleOf(exhibit.title, look.untitled)}
            </Link>
            <Chip tone="plain">{look.why[why]}</Chip>
          </li>
        ))}
      </ul>
    </section>
  );
}
