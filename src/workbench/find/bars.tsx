/** Parts of a whole as bars in a table: each row says its number, and draws it. */
import { useId } from "react";
import { useLanguage } from "../language.tsx";
import { fill } from "../words/words.ts";

interface BarsParts {
  readonly head: string;
  readonly total: number;
  readonly rows: readonly { readonly name: string; readonly count: number; readonly tone?: "holds" | "fails" }[];
}

export function Bars({ head, total, rows }: BarsParts) {
  const { language, words } = useLanguage();
  const id = useId();
  const { charts } = words.find;
  const number = new Intl.NumberFormat(language);
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <table className="bars" aria-labelledby={id}>
      <caption id={id} className="small quiet">
        {fill(charts.share, { total: number.format(total) })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{charts.posts}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, count, tone }) => (
          <tr key={name}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td className="bar-number">{number.format(count)}</td>
            <td className="bar-room" aria-hidden="true">
              <div className="bar-drawn" data-tone={tone} style={{ inlineSize: `${(100 * count) / most}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
