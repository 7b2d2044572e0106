/** One screen: its sentence as a heading, and beneath it what it is for. */
import { type ReactNode, useEffect, useRef } from "react";
import { useWords } from "../language.tsx";
import "./page.css";

interface PageParts {
  readonly title: string;
  /** A line above the heading: of what this is a part. */
  readonly over?: ReactNode;
  readonly lead?: ReactNode;
  /** Forms are narrow; lists and exhibits are wide. */
  readonly width?: "narrow" | "wide";
  readonly children?: ReactNode;
}

let isFirst = true;

export function Page({ title, over, lead, width, children }: PageParts) {
  const { name } = useWords().shell;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${name}`;
  }, [title, name]);
  // Who listens hears where they have come to; the first page is read from its top anyway.
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  return (
    <main id="main" tabIndex={-1} className="page" data-width={width}>
      <header className="page-head">
        {over === undefined ? null : <p className="quiet small">{over}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead === undefined ? null : <p className="page-lead">{lead}</p>}
      </header>
      {children}
    </main>
  );
}
