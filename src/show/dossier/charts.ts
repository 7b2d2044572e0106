/** What the case holds, in numbers: said in a sentence with what each is a part of, drawn, and as a table. */
import { weeksOf } from "../../lib/weeks.ts";
import { type Fillable, html, type Markup } from "../markup.ts";
import { fill } from "../words.ts";
import { type DossierNumbers, STANDINGS } from "./content.ts";
import type { DossierSpeech } from "./words.ts";

/** A chart of fewer would tell when a single post was made, whether or not it may be shown. */
export const FEWEST_TIMES = 5;

export function charts(numbers: DossierNumbers, speech: DossierSpeech): Markup {
  const isFew = numbers.timed < FEWEST_TIMES;
  return html`${isFew ? few(numbers, speech) : weeks(numbers, speech)}
${standings(numbers, speech)}
${platforms(numbers, speech)}
${isFew ? undefined : hours(numbers, speech)}`;
}

function few({ timed, total }: DossierNumbers, { dossier, number }: DossierSpeech): Markup {
  const { charts: said } = dossier;
  const values = { timed: number(timed), total: number(total), least: number(FEWEST_TIMES) };
  return html`<section id="weeks"><h3>${said.weeks}</h3><p>${fill(said.few, values)}</p></section>`;
}

const WIDE = 720;
const HIGH = 170;
const WIDEST_BAR = 48;

function weeks({ timed, total, weeks: counted }: DossierNumbers, speech: DossierSpeech): Markup {
  const { dossier, number, direction } = speech;
  const { charts: said } = dossier;
  const { bars, weeksABar, most } = weeksOf(counted);
  const [first, last] = [bars[0]?.from ?? "", counted.at(-1)?.week ?? ""];
  const says = fill(said.weeksSay, {
    timed: number(timed),
    total: number(total),
    first: dayIn(first, speech),
    last: dayIn(last, speech),
    most: number(most),
  });
  const step = WIDE / bars.length;
  const wide = Math.min(WIDEST_BAR, Math.max(0.5, step - Math.min(2, step / 4)));
  const scale = (HIGH - 2) / Math.max(1, most);
  const rects = bars.map(({ count }, i) => {
    const x = direction === "rtl" ? WIDE - i * step - wide : i * step;
    return count === 0
      ? undefined
      : html`<rect x="${short(x)}" y="${short(HIGH - 1 - count * scale)}" width="${short(wide)}" height="${short(count * scale)}"/>`;
  });
  const binned = weeksABar === 1 ? undefined : fill(said.binned, { count: number(weeksABar) });
  const head = weeksABar === 1 ? said.week : fill(said.binnedWeek, { count: number(weeksABar) });
  const ends = bars.length < 2 ? [first] : [first, bars.at(-1)?.from ?? ""];
  return html`<section id="weeks"><div class="together"><h3>${said.weeks}</h3><p>${says} ${binned}</p>
<svg class="chart" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label="${said.weeks}">${rects}<line class="ground" x1="0" x2="${WIDE}" y1="${HIGH - 0.5}" y2="${HIGH - 0.5}"/></svg>
<p class="ends">${ends.map((day) => html`<span>${dayIn(day, speech)}</span>`)}</p></div>
<table class="tight"><thead><tr><th scope="col">${head}</th><th scope="col" class="count">${said.exhibits}</th></tr></thead><tbody>${bars
    .filter(({ count }) => count > 0)
    .map(
      ({ from, count }) =>
        html`<tr><th scope="row"><time datetime="${from}">${dayIn(from, speech)}</time></th><td class="count">${number(count)}</td></tr>`,
    )}</tbody></table>
<p class="quiet">${said.empty}</p></section>`;
}

/** A day as YYYY-MM-DD; a page may state a year of six digits. */
function dayIn(day: string, { tag }: DossierSpeech): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
}

const short = (length: number): string => length.toFixed(2).replace(/\.?0+$/, "");

function standings(numbers: DossierNumbers, speech: DossierSpeech): Markup {
  const { dossier, number } = speech;
  const { charts: said } = dossier;
  const { total, standings: counted } = numbers;
  const says = fill(said.standingsSay, {
    looked: number(lookedAgain(numbers)),
    total: number(total),
    gone: number(counted.gone),
    lost: number(counted["not-reachable"]),
  });
  const rows = STANDINGS.map((name) => ({ key: name, name: said.named[name], count: counted[name] }));
  return html`<section id="standings"><h3>${said.standings}</h3><p>${says}</p>
${bars(said.standing, rows, total, speech)}</section>`;
}

export function lookedAgain({ total, standings: counted }: DossierNumbers): number {
  return total - counted.unchecked;
}

function platforms(numbers: DossierNumbers, speech: DossierSpeech): Markup {
  const { dossier, number } = speech;
  const { charts: said } = dossier;
  const { total, elsewhere } = numbers;
  const named = numbers.platforms.reduce((sum, { name, count }) => (name === null ? sum : sum + count), 0);
  const rows = [
    ...numbers.platforms.map(({ name, count }) => ({
      key: name ?? "",
      name: name === null ? said.unnamed : html`<bdi>${name}</bdi>`,
      count,
    })),
    ...(elsewhere === 0 ? [] : [{ key: "", name: said.elsewhere, count: elsewhere }]),
  ];
  return html`<section id="platforms"><h3>${said.platforms}</h3><p>${fill(said.platformsSay, { named: number(named), total: number(total) })} ${said.elsewhereSay}</p>
${bars(said.platform, rows, total, speech)}</section>`;
}

interface Row {
  readonly key: string;
  readonly name: Fillable;
  readonly count: number;
}

/** A table in which each row is drawn, too. */
function bars(head: string, rows: readonly Row[], total: number, speech: DossierSpeech): Markup {
  const { dossier, number, direction } = speech;
  const { charts: said } = dossier;
  const share = fill(said.share, { total: number(total) });
  const drawn = (count: number): Markup => {
    const wide = (100 * count) / Math.max(1, total);
    return html`<svg class="line" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect x="${direction === "rtl" ? short(100 - wide) : 0}" width="${short(wide)}" height="10"/></svg>`;
  };
  return html`<table><thead><tr><th scope="col">${head}</th><td class="drawn"></td><th scope="col" class="count">${said.exhibits}</th><th scope="col" class="count">${share}</th></tr></thead><tbody>${rows.map(
    ({ key, name, count }) =>
      html`<tr data-of="${key}"><th scope="row">${name}</th><td class="drawn">${drawn(count)}</td><td class="count">${number(count)}</td><td class="count">${percent(count, total, speech)}</td></tr>`,
  )}</tbody></table>`;
}

function percent(count: number, total: number, { tag }: DossierSpeech): string {
  return new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 0 }).format(count / Math.max(1, total));
}

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const CELL = 26;
const NAMES = 96;
const LABELS = 20;

function hours({ timed, hours: counted }: DossierNumbers, speech: DossierSpeech): Markup {
  const { dossier, number } = speech;
  const { charts: said } = dossier;
  const countAt = (weekday: number, hour: number): number =>
    counted.find((one) => one.weekday === weekday && one.hour === hour)?.count ?? 0;
  const most = counted.reduce((best, one) => (one.count > best.count ? one : best), { weekday: 0, hour: 0, count: 0 });
  const says = fill(said.hoursSay, {
    timed: number(timed),
    day: dayName(most.weekday, "long", speech),
    hour: html`<bdi dir="ltr">${clock(most.hour)}</bdi>`,
    most: number(most.count),
  });
  return html`<section id="hours"><div class="together"><h3>${said.hours}</h3><p>${says}</p>
${grid(countAt, most.count, speech)}</div>
<table class="tight"><thead><tr><th scope="col">${said.hour}</th>${DAYS.map((day) => html`<th scope="col" class="count">${dayName(day, "short", speech)}</th>`)}</tr></thead><tbody>${HOURS.map(
    (hour) =>
      html`<tr><th scope="row"><bdi dir="ltr">${clock(hour)}</bdi></th>${DAYS.map((day) => html`<td class="count">${number(countAt(day, hour))}</td>`)}</tr>`,
  )}</tbody></table></section>`;
}

function grid(countAt: (weekday: number, hour: number) => number, most: number, speech: DossierSpeech): Markup {
  const { dossier, direction } = speech;
  const [wide, high] = [NAMES + 24 * CELL, 7 * CELL + LABELS];
  const isTurned = direction === "rtl";
  const left = (x: number, width: number): number => (isTurned ? wide - x - width : x);
  const cells = DAYS.flatMap((day) =>
    HOURS.map((hour) => {
      const [x, y] = [left(NAMES + hour * CELL, CELL) + 1, day * CELL + 1];
      const size = html`x="${x}" y="${y}" width="${CELL - 2}" height="${CELL - 2}"`;
      const count = countAt(day, hour);
      const shade = count === 0 ? undefined : html`<rect ${size} fill-opacity="${short(count / most)}"/>`;
      return html`${shade}<rect ${size} class="edge"/>`;
    }),
  );
  const names = DAYS.map(
    (day) =>
      html`<text x="${isTurned ? wide : 0}" y="${day * CELL + 18}" text-anchor="${isTurned ? "end" : "start"}">${dayName(day, "long", speech)}</text>`,
  );
  const labels = HOURS.filter((hour) => hour % 6 === 0).map(
    (hour) =>
      html`<text x="${left(NAMES + hour * CELL, CELL) + CELL / 2}" y="${high - 4}" text-anchor="middle">${hour}</text>`,
  );
  return html`<svg class="chart" viewBox="0 0 ${wide} ${high}" role="img" aria-label="${dossier.charts.hours}">${cells}${names}${labels}</svg>`;
}

const clock = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

function dayName(weekday: number, style: "long" | "short", { tag }: DossierSpeech): string {
  return new Intl.DateTimeFormat(tag, { weekday: style, timeZone: "UTC" }).format(MONDAY + weekday * DAY_MS);
}
