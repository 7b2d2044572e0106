/** What the list holds, in numbers: drawn, said in a sentence with what it is a part of, and as tables. */
import { useQuery } from "@tanstack/react-query";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { type Search, STANDINGS } from "../look/queries.ts";
import { useMay } from "../may.ts";
import { fill } from "../words/words.ts";
import { Bars } from "./bars.tsx";
import { Figure } from "./figure.tsx";
import { HourChart } from "./hour-chart.tsx";
import { Occasions } from "./occasions.tsx";
import { type Charts, chartsQuery, occasionsQuery } from "./queries.ts";
import { WeekChart } from "./week-chart.tsx";

/** Pages say themselves where they are; of many such names the rest is drawn together. */
const MOST_PLATFORMS = 12;

export function ChartsOf({ search }: { readonly search: Search }) {
  const { charts: said } = useLanguage().words.find;
  const isMember = useMay()("GET /api/occasions");
  const { data: charts, error } = useQuery(chartsQuery(search));
  const { data: noted } = useQuery({ ...occasionsQuery(search.case), enabled: isMember });
  const occasions = noted?.occasions ?? [];
  return (
    <div className="stack">
      <h2>{said.title}</h2>
      <Trouble error={error} />
      {charts === undefined ? null : charts.total === 0 ? (
        <p className="quiet">{said.none}</p>
      ) : (
        <>
          <WeekChart charts={charts} occasions={occasions} />
          {isMember ? <Occasions occasions={occasions} caseName={search.case} /> : null}
          <Standings charts={charts} />
          <Platforms charts={charts} />
          <HourChart charts={charts} />
        </>
      )}
    </div>
  );
}

function Platforms({ charts }: { readonly charts: Charts }) {
  const { language, words } = useLanguage();
  const said = words.find.charts;
  const number = new Intl.NumberFormat(language);
  const all = charts.platforms.map(({ value, count }) => ({ name: value ?? said.unnamed, count }));
  const rest = all.slice(MOST_PLATFORMS).reduce((sum, { count }) => sum + count, 0);
  const rows = [...all.slice(0, MOST_PLATFORMS), ...(rest === 0 ? [] : [{ name: said.others, count: rest }])];
  const [first] = all;
  const says = fill(said.platformsSay, {
    count: number.format(charts.platforms.filter(({ value }) => value !== null).length),
    total: number.format(charts.total),
    first: first?.name ?? "",
    most: number.format(first?.count ?? 0),
  });
  return (
    <Figure title={said.platforms} says={[says]}>
      <Bars head={words.look.platform} total={charts.total} rows={rows} />
    </Figure>
  );
}

const UP: readonly string[] = ["unchanged", "edited", "page-changed"];

function Standings({ charts }: { readonly charts: Charts }) {
  const { language, words } = useLanguage();
  const said = words.find.charts;
  const number = new Intl.NumberFormat(language);
  const countOf = (...names: readonly string[]): number =>
    charts.standings.reduce((sum, { value, count }) => (names.includes(value ?? "") ? sum + count : sum), 0);
  const [up, gone, lost] = [countOf(...UP), countOf("gone"), countOf("not-reachable")];
  const says = fill(said.standingsSay, {
    total: number.format(charts.total),
    checked: number.format(up + gone + lost),
    up: number.format(up),
    gone: number.format(gone),
    lost: number.format(lost),
    erased: number.format(charts.erased),
  });
  const rows = [
    ...STANDINGS.map((standing) => ({
      name: words.look.standings[standing],
      count: countOf(standing),
      ...(standing === "gone"
        ? { tone: "fails" as const }
        : standing === "unchanged"
          ? { tone: "holds" as const }
          : {}),
    })),
    { name: words.look.states.erased, count: charts.erased },
  ].filter(({ count }) => count > 0);
  return (
    <Figure title={said.standings} says={[says]}>
      <Bars head={words.look.standing} total={charts.total} rows={rows} />
    </Figure>
  );
}
