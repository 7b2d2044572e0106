/** When in the week posts were made: a table of 7 days and 24 hours, each cell as dark as there are many. */
import { useLanguage } from "../language.tsx";
import { fill } from "../words/words.ts";
import { Figure } from "./figure.tsx";
import type { Charts } from "./queries.ts";

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function HourChart({ charts }: { readonly charts: Charts }) {
  const { language, words } = useLanguage();
  const said = words.find.charts;
  const number = new Intl.NumberFormat(language);
  const most = charts.hours.reduce((best, one) => (one.count > best.count ? one : best), {
    weekday: 0,
    hour: 0,
    count: 0,
  });
  const timed = charts.total - charts.withoutTime;
  if (most.count === 0) return null;
  const dayName = (weekday: number, style: "long" | "short"): string =>
    new Intl.DateTimeFormat(language, { weekday: style, timeZone: "UTC" }).format(MONDAY + weekday * DAY_MS);
  const says = fill(said.hoursSay, {
    timed: number.format(timed),
    day: dayName(most.weekday, "long"),
    hour: `${String(most.hour).padStart(2, "0")}:00`,
    most: number.format(most.count),
  });
  const countAt = (weekday: number, hour: number): number => charts.hours[24 * weekday + hour]?.count ?? 0;
  const days = [0, 1, 2, 3, 4, 5, 6] as const;
  return (
    <Figure
      title={said.hours}
      says={[says]}
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">{said.hour}</th>
              {days.map((day) => (
                <th key={day} scope="col">
                  {dayName(day, "short")}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {HOURS.map((hour) => (
              <tr key={hour}>
                <th scope="row">{`${String(hour).padStart(2, "0")}:00`}</th>
                {days.map((day) => (
                  <td key={day}>{number.format(countAt(day, hour))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      }
    >
      <div className="heat" aria-hidden="true">
        {days.map((day) => (
          <div key={day} className="heat-day">
            <span className="small quiet heat-name">{dayName(day, "short")}</span>
            {HOURS.map((hour) => (
              <span key={hour} className="heat-cell">
                {/* Its darkness alone: the cell's edge is there for those who see no shades. */}
                <span style={{ opacity: countAt(day, hour) / most.count }} />
              </span>
            ))}
          </div>
        ))}
        <div className="heat-day small quiet">
          <span className="heat-name" />
          {HOURS.map((hour) => (
            <span key={hour} className="heat-hour">
              {hour % 6 === 0 ? hour : ""}
            </span>
          ))}
        </div>
      </div>
      <p className="small quiet heat-key" aria-hidden="true">
        <span>{said.less}</span>
        {[0, 0.25, 0.5, 0.75, 1].map((opacity) => (
          <span key={opacity} className="heat-cell">
            <span style={{ opacity }} />
          </span>
        ))}
        <span>{fill(said.more, { count: number.format(most.count) })}</span>
      </p>
    </Figure>
  );
}
