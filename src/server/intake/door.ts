/** Whether anything can be sent in, what is said to whoever comes, and the group's own reasons why something is not taken. */
import type { DatabaseSync } from "node:sqlite";
import { kept } from "./database.ts";

export interface Door {
  readonly open: boolean;
  readonly greeting: string;
  readonly reasons: readonly string[];
}

const CLOSED: Door = { open: false, greeting: "", reasons: [] };

export function readDoor(raw: DatabaseSync): Door {
  const row = raw.prepare("SELECT open, greeting, reasons FROM door").get();
  if (row === undefined) return CLOSED;
  return {
    open: row["open"] === 1,
    greeting: String(row["greeting"]),
    reasons: JSON.parse(String(row["reasons"])) as readonly string[],
  };
}

export function setDoor(raw: DatabaseSync, { open, greeting, reasons }: Door): void {
  kept(raw, () =>
    raw
      .prepare("INSERT OR REPLACE INTO door (one, open, greeting, reasons) VALUES (1, ?, ?, ?)")
      .run(open ? 1 : 0, greeting, JSON.stringify(reasons)),
  );
}
