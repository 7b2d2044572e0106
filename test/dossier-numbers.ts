/** The numbers that a dossier's page says, read off it as a reader would. */
export interface SaidNumbers {
  /** By name of the row: each number in it, in its order. */
  readonly counts: Readonly<Record<string, readonly number[]>>;
  /** By the Monday. */
  readonly weeks: Readonly<Record<string, number>>;
  /** By hour, Monday first. */
  readonly hours: readonly (readonly number[])[];
  /** In their order. */
  readonly standings: Readonly<Record<string, number>>;
  readonly platforms: readonly (readonly [name: string, count: number])[];
  /** Id and what stands under "fingerprint". */
  readonly listed: readonly (readonly [id: string, place: number, print: string])[];
  readonly shown: readonly string[];
}

const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, "")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .trim();
const numbersIn = (text: string): readonly number[] =>
  [...text.matchAll(/[\d,]+/g)].map(([digits]) => Number(digits.replaceAll(",", "")));
const between = (html: string, from: string, to: string): string => {
  const start = html.indexOf(from);
  return start < 0 ? "" : html.slice(start, html.indexOf(to, start));
};
const rowsOf = (markup: string): readonly (readonly string[])[] =>
  [...(/<tbody>([^]*)<\/tbody>/.exec(markup)?.[1] ?? "").matchAll(/<tr[^>]*>([^]*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>([^]*?)<\/t[hd]>/g)].map(([, cell = ""]) => textOf(cell)),
  );

export function numbersSaid(html: string): SaidNumbers {
  const part = (id: string): string => between(html, `<section id="${id}"`, "</section>");
  const weeks = [...part("weeks").matchAll(/datetime="([^"]+)"[^]*?<td class="count">([\d,]+)</g)];
  const named = [...part("standings").matchAll(/data-of="([^"]+)"[^]*?<td class="count">([\d,]+)</g)];
  return {
    counts: Object.fromEntries(
      [...html.matchAll(/<div id="n-(\w+)"[^>]*><dt>[^]*?<\/dt><dd>([^]*?)<\/dd>/g)].map(([, name = "", said = ""]) => [
        name,
        numbersIn(said),
      ]),
    ),
    weeks: Object.fromEntries(weeks.map(([, week = "", count = ""]) => [week, numbersIn(count)[0] ?? 0])),
    hours: rowsOf(part("hours")).map(([, ...cells]) => cells.map(Number)),
    standings: Object.fromEntries(named.map(([, name = "", count = ""]) => [name, numbersIn(count)[0] ?? 0])),
    platforms: rowsOf(part("platforms")).map(([name = "", , count = ""]) => [name, numbersIn(count)[0] ?? 0]),
    listed: rowsOf(between(html, '<table class="list"', "</table>")).map(([id = "", place = "", , print = ""]) => [
      id,
      Number(place),
      print,
    ]),
    shown: [...html.matchAll(/<article id="([^"]+)"/g)].map(([, id = ""]) => id),
  };
}
