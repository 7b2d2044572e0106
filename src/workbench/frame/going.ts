/**
 * Rows that are taken out of a list: with the row goes the button that had the focus, and who goes by keys or listens would stand at
 * the top of the page, told nothing. The focus goes to the row that comes after it, or to the list's heading, and it is said.
 */
import { type RefObject, useEffect, useRef, useState } from "react";

export interface Going<List extends HTMLElement = HTMLUListElement> {
  /** Of the list, which stays when it is empty. */
  readonly list: RefObject<List | null>;
  /** What became of the last one; stands in a `role="status"`. */
  readonly said: string;
  /** The row that has the focus, or several, are asked to go; this is said once they are gone. */
  readonly leaves: (said: string) => void;
  /** It did not come about. */
  readonly stays: () => void;
}

interface Asked {
  /** Of the row in its list; -1 where what was pressed is in none. */
  readonly place: number;
  readonly rows: number;
  readonly said: string;
}

export function useGoing<List extends HTMLElement = HTMLUListElement>(): Going<List> {
  const list = useRef<List>(null);
  const asked = useRef<Asked>(undefined);
  const [said, say] = useState("");
  // Rows are fewer only once they were fetched anew, whoever does that.
  useEffect(() => {
    const { current: now } = asked;
    if (list.current === null || now === undefined || list.current.children.length >= now.rows) return;
    asked.current = undefined;
    say(now.said);
    focusAt(list.current, now.place);
  });
  return {
    list,
    said,
    leaves: (what) => {
      const rows = [...(list.current?.children ?? [])];
      say("");
      const place = rows.findIndex((row) => row.contains(document.activeElement));
      asked.current = { place, rows: rows.length, said: what };
    },
    stays: () => {
      if (list.current !== null && asked.current !== undefined) focusAt(list.current, asked.current.place);
      asked.current = undefined;
    },
  };
}

/** Nothing where somebody has gone on to something else meanwhile. */
function focusAt(list: HTMLElement, place: number): void {
  const isLost = document.activeElement === null || document.activeElement === document.body;
  if (!isLost) return;
  const row = place < 0 ? undefined : list.children[Math.min(place, list.children.length - 1)];
  const button = [...(row?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])].at(-1);
  (button ?? headingOf(list))?.focus();
}

function headingOf(list: HTMLElement): HTMLElement | null | undefined {
  const heading = list.closest("section, main")?.querySelector<HTMLElement>("h1, h2, h3");
  if (heading?.hasAttribute("tabindex") === false) heading.tabIndex = -1;
  return heading;
}
