/** A chart: what it says as a sentence, the drawing, and the same as a table for who does not see it. */
import { type ReactNode, useId } from "react";
import { useWords } from "../language.tsx";
import "./charts.css";

interface FigureParts {
  readonly title: string;
  readonly says: readonly string[];
  readonly children?: ReactNode;
  /** Folded, below the drawing. Left out where the drawing is a table itself. */
  readonly table?: ReactNode;
}

export function Figure({ title, says, children, table }: FigureParts) {
  const { charts } = useWords().find;
  const id = useId();
  return (
    <section className="sheet stack chart" aria-labelledby={id}>
      <div>
        <h3 id={id}>{title}</h3>
        {says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {children}
      {table === undefined ? null : (
        <details className="more">
          <summary id={`${id}-table`}>{charts.table}</summary>
          {/* It may be wider than a phone, and is then moved by keys as well. */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <section className="chart-table" tabIndex={0} aria-labelledby={`${id} ${id}-table`}>
            {table}
          </section>
        </details>
      )}
    </section>
  );
}
