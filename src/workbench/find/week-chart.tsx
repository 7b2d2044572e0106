/** Posts week by week, with the days that were noted. Time runs the way the language is read. */
import { useElementSize } from "@mantine/hooks";
import { type Weeks, weeksOf } from "../../lib/weeks.ts";
import { useLanguage } from "../language.tsx";
import { dayOf } from "../words/dates.ts";
import { fill, LANGUAGES } from "../words/words.ts";
import { Figure } from "./figure.tsx";
import type { Charts, Occasion } from "./queries.ts";

const HEIGHT = 180;
const TOP = 26;
const FOOT = 24;

interface WeekParts {
  readonly charts: Charts;
  readonly occasions: readonly Occasion[];
}

export function WeekChart({ charts, occasions }: WeekParts) {
  const { language, words } = useLanguage();
  const said = words.find.charts;
  const weeks = weeksOf(charts.weeks);
  const { bars, weeksABar, most, timed } = weeks;
  const number = new Intl.NumberFormat(language);
  const says =
    timed === 0
      ? [fill(said.weeksNone, { total: number.format(charts.total) })]
      : [
          fill(said.weeksSay, {
            timed: number.format(timed),
            total: number.format(charts.total),
            first: dayOf(language, bars[0]?.from ?? ""),
            last: dayOf(language, charts.weeks.at(-1)?.week ?? ""),
            most: number.format(most),
          }),
          ...(weeksABar === 1 ? [] : [fill(said.binned, { count: weeksABar })]),
        ];
  if (timed === 0) return <Figure title={said.weeks} says={says} />;
  return (
    <Figure title={said.weeks} says={says} table={<WeekTable weeks={weeks} occasions={occasions} />}>
      <Drawn weeks={weeks} occasions={occasions} />
    </Figure>
  );
}

interface DrawnParts {
  readonly weeks: Weeks;
  readonly occasions: readonly Occasion[];
}

function Drawn({ weeks: { bars, most, barOf }, occasions }: DrawnParts) {
  const { language } = useLanguage();
  const { ref, width } = useElementSize();
  const isTurned = LANGUAGES[language].direction === "rtl";
  const step = width / Math.max(1, bars.length);
  const wide = Math.max(1, step - Math.min(2, step / 4));
  const x = (bar: number): number => (isTurned ? width - (bar + 1) * step : bar * step);
  const scale = (HEIGHT - TOP - FOOT) / Math.max(1, most);
  const ground = HEIGHT - FOOT;
  const short = new Intl.DateTimeFormat(language, { month: "short", year: "numeric", timeZone: "UTC" });
  const end = (bar: number): string => short.format(new Date(bars[bar]?.from ?? 0));
  return (
    <div ref={ref} className="chart-drawn" aria-hidden="true" dir="ltr">
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`}>
        <line className="chart-ground" x1={0} x2={width} y1={ground} y2={ground} />
        {bars.map(({ from, count }, bar) => (
          <rect
            key={from}
            className="chart-bar"
            x={x(bar)}
            width={wide}
            y={ground - count * scale}
            height={count * scale}
          />
        ))}
        {occasions.map(({ id, day }, i) => {
          const bar = barOf(day);
          if (bar === undefined) return null;
          const at = x(bar) + wide / 2;
          return (
            <g key={id} className="chart-mark">
              <line x1={at} x2={at} y1={TOP - 6} y2={ground} />
              <circle cx={Math.min(Math.max(at, 9), width - 9)} cy={11} r={9} />
              <text x={Math.min(Math.max(at, 9), width - 9)} y={15.5} textAnchor="middle">
                {i + 1}
              </text>
            </g>
          );
        })}
        <text className="chart-label" x={isTurned ? width : 0} y={HEIGHT - 6} textAnchor={isTurned ? "end" : "start"}>
          {end(0)}
        </text>
        {bars.length < 2 ? null : (
          <text className="chart-label" x={isTurned ? 0 : width} y={HEIGHT - 6} textAnchor={isTurned ? "start" : "end"}>
            {end(bars.length - 1)}
          </text>
        )}
      </svg>
    </div>
  );
}

function WeekTable({ weeks: { bars, barOf }, occasions }: DrawnParts) {
  const { language, words } = useLanguage();
  const { charts } = words.find;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{charts.week}</th>
          <th scope="col">{charts.posts}</th>
          <th scope="col">{charts.occasions}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ from, count }, bar) => (
          <tr key={from}>
            <th scope="row">{dayOf(language, from)}</th>
            <td>{new Intl.NumberFormat(language).format(count)}</td>
            <td dir="auto">
              {occasions
                .filter(({ day }) => barOf(day) === bar)
                .map(({ name }) => name)
                .join(", ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
