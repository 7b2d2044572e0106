/** Whether the record and its machine are well: what is wrong first, in plain words and how it is mended. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { CheckLine } from "../health/check.tsx";
import type { HealthView } from "../health/look.ts";
import { useLanguage, useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { healthQuery, meQuery } from "../queries.ts";
import { timeOf } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import "../health/health.css";

export function Health() {
  const { health } = useWords();
  const { data: me } = useQuery(meQuery);
  const may = useMay();
  if (may("GET /api/health")) return <Looked />;
  return <Page title={health.asking} lead={me === undefined ? undefined : health.notYours} />;
}

function Looked() {
  const { words, language } = useLanguage();
  const { health } = words;
  const { data, error, isFetching, refetch, dataUpdatedAt } = useQuery(healthQuery);
  const state = data === undefined ? undefined : stateOf(data);
  const time = timeOf(language, dataUpdatedAt);
  const told = data === undefined ? "" : fill(health.checkedAt, { time });
  return (
    <Page title={state ? health.title[state] : health.asking} lead={state ? health.lead[state] : undefined}>
      <Trouble error={error} />
      <div className="row">
        <Button variant="default" disabled={isFetching} onClick={() => void refetch()}>
          {health.again}
        </Button>
        <p role="status" className="quiet">
          {isFetching ? health.looking : told}
        </p>
      </div>
      {data === undefined ? null : (
        <>
          <Checks view={data} state="fails" title={health.wrongList} />
          <Checks view={data} state="limited" title={health.limitedList} />
          <Checks view={data} state="holds" title={health.wellList} />
          <Facts view={data} />
        </>
      )}
    </Page>
  );
}

function stateOf({ verdict, checks }: HealthView): "well" | "limited" | "wrong" {
  if (verdict === "fails") return "wrong";
  return checks.some(({ state }) => state === "limited") ? "limited" : "well";
}

interface ChecksParts {
  readonly view: HealthView;
  readonly state: HealthView["checks"][number]["state"];
  readonly title: string;
}

function Checks({ view, state, title }: ChecksParts) {
  const checks = view.checks.filter((check) => check.state === state);
  if (checks.length === 0) return null;
  return (
    <section className="stack" aria-labelledby={state}>
      <h2 id={state}>{title}</h2>
      <ul className="lines sheet checked" data-state={state} aria-labelledby={state}>
        {checks.map((check) => (
          <CheckLine key={check.name + check.words} check={check} />
        ))}
      </ul>
    </section>
  );
}

function Facts({ view: { version, folder, posts } }: { readonly view: HealthView }) {
  const { words, language } = useLanguage();
  const { health } = words;
  return (
    <section className="stack" aria-labelledby="facts">
      <h2 id="facts">{health.facts}</h2>
      <dl className="health-facts sheet">
        <dt>{health.version}</dt>
        <dd>
          <span className="mono">{version}</span>
        </dd>
        <dt>{health.folder}</dt>
        <dd>
          <span className="mono">{folder}</span>
        </dd>
        <dt>{health.posts}</dt>
        <dd>{new Intl.NumberFormat(language).format(posts)}</dd>
      </dl>
    </section>
  );
}
