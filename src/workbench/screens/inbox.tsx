/** What strangers sent in: what is to be decided, then what was. Nothing of it is on the page until it is asked for. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useEvents } from "../events.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { inboxQuery, lookAgain, type SentRow } from "../inbox/queries.ts";
import { Row } from "../inbox/row.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { linkOf } from "../save/queries.ts";
import "../style/fields.css";
import "../inbox/inbox.css";

const DONE: ReadonlySet<string> = new Set(["sealed", "not-captured", "cancelled"]);

export function Inbox() {
  const { inbox } = useWords();
  const may = useMay();
  return may("GET /api/inbox") ? <SentIn /> : <Page title={inbox.title} lead={inbox.notYours} />;
}

function SentIn() {
  const { inbox, shell } = useWords();
  const { data, error, isPending } = useQuery(inboxQuery);
  useEvents("/api/events", {
    look: (_, queries) => lookAgain(queries),
    // Not for each step of each link that anybody saves.
    link: (told, queries) => void (DONE.has(linkOf(told)?.state ?? "") && lookAgain(queries)),
    exhibit: (_, queries) => lookAgain(queries),
  });
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const turn = (ref: string): void => {
    const now = new Set(opened);
    if (!now.delete(ref)) now.add(ref);
    setOpened(now);
  };
  // What is decided while one looks at it stays where it is until one is done with it.
  const isOpen = ({ ref, open }: SentRow): boolean => open || opened.has(ref);
  const open = data?.sent.filter(isOpen) ?? [];
  const settled = data?.sent.filter((row) => !isOpen(row)) ?? [];
  return (
    <Page title={inbox.title} lead={inbox.lead}>
      <Trouble error={error} />
      {isPending ? <p role="status">{shell.opening}</p> : null}
      <Rows id="waiting" title={inbox.waitingTitle} rows={open} opened={opened} turn={turn} none={inbox.none} />
      {settled.length === 0 ? null : (
        <Rows id="settled" title={inbox.settledTitle} rows={settled} opened={opened} turn={turn} />
      )}
    </Page>
  );
}

interface RowsParts {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly SentRow[];
  readonly opened: ReadonlySet<string>;
  readonly turn: (ref: string) => void;
  readonly none?: string;
}

function Rows({ id, title, rows, opened, turn, none }: RowsParts) {
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? <p className="quiet">{none}</p> : null}
      {rows.map((row) => (
        <Row key={row.ref} row={row} isOpen={opened.has(row.ref)} turn={() => turn(row.ref)} />
      ))}
    </section>
  );
}
