/** What is known of an exhibit, what happened to it, and where the same stands. */
import { Link } from "@tanstack/react-router";
import { Title, useTitleOf } from "../care/titles.tsx";
import { Chip } from "../frame/chip.tsx";
import { useMoments } from "../frame/moment.ts";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";
import { useActorNames } from "./actors.ts";
import { STANDINGS, type View } from "./queries.ts";
import "./known.css";

export function Known({ view }: { readonly view: View }) {
  const { look } = useWords();
  const { facts, conflicts, note } = view;
  return (
    <section className="stack" aria-labelledby="known">
      <h2 id="known">{look.facts}</h2>
      <dl className="facts">
        {facts.map(({ name, label, value, sources }) => (
          <div key={name}>
            <dt lang="en">
              <bdi dir="ltr">{label}</bdi>
            </dt>
            <dd>
              <span dir="auto">{name === "title" ? <Title>{value}</Title> : value}</span>
              {sources === "" ? null : (
                <span lang="en" className="small quiet">
                  <bdi dir="ltr">{sources}</bdi>
                </span>
              )}
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
          {conflicts.map((sentence) => (
            <p key={sentence} lang="en" dir="ltr">
              {sentence}
            </p>
          ))}
        </>
      )}
    </section>
  );
}

export function Happened({ view }: { readonly view: View }) {
  const { look } = useWords();
  const moment = useMoments();
  const nameOf = useActorNames();
  return (
    <section className="stack" aria-labelledby="happened">
      <h2 id="happened">{look.happened}</h2>
      <ol className="steps">
        {view.steps.map(({ at, what, actor }) => (
          <li key={`${at} ${what}`}>
            <strong lang="en">
              <bdi dir="ltr">{what}</bdi>
            </strong>
            <span className="small quiet">
              {moment(at)}
              {actor === null ? "" : ` · ${fill(look.by, { actor: nameOf(actor) })}`}
            </span>
          </li>
        ))}
      </ol>
      {view.provenance.map((sentence) => (
        <p key={sentence} lang="en" dir="ltr" className="small">
          {sentence}
        </p>
      ))}
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
        {view.recaptures.map(({ id, at, result }) => {
          const standing = STANDINGS.find((one) => one === result);
          return (
            <li key={id}>
              <strong>{standing === undefined ? (result ?? "") : look.standings[standing]}</strong>
              <span className="small quiet">{moment(at)}</span>
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
