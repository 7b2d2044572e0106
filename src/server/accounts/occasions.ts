/** Occasions: days that members have noted, such as a march, so that charts can show what came when. */
import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { PlacardError } from "../../lib/error.ts";
import { transact } from "../../lib/sqlite.ts";
import { say } from "../said.ts";

const MOST = 1000;

export interface Occasion {
  readonly id: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly name: string;
  /** Null: of all the group does. */
  readonly caseName: string | null;
  /** The pseudonym of who noted it. */
  readonly actor: string;
}

export interface OccasionStore {
  /** Those of a case and those of all; all of them where none is named. By day. */
  list(caseName?: string): readonly Occasion[];
  /** Durable when it returns. Throws `too_large`. */
  note(occasion: Omit<Occasion, "id">): Occasion;
  /** `actor`: only where it is theirs. Throws `not_found`. */
  forget(id: string, actor?: string): void;
}

/** Made where it is missing: another version of Placard takes no notice of it. */
const TABLE = `CREATE TABLE IF NOT EXISTS occasions (
  id TEXT PRIMARY KEY, day TEXT NOT NULL, name TEXT NOT NULL, caseName TEXT, actor TEXT NOT NULL
) STRICT, WITHOUT ROWID`;

export function openOccasions(raw: DatabaseSync): OccasionStore {
  raw.exec(TABLE);
  const seen = raw.prepare(
    "SELECT * FROM occasions WHERE ? IS NULL OR caseName IS NULL OR caseName = ? ORDER BY day, name, id",
  );
  const insert = raw.prepare("INSERT INTO occasions (id, day, name, caseName, actor) VALUES (?, ?, ?, ?, ?)");
  const remove = raw.prepare("DELETE FROM occasions WHERE id = ? AND (? IS NULL OR actor = ?)");
  const list = (caseName?: string): readonly Occasion[] =>
    seen.all(caseName ?? null, caseName ?? null).map((row) => ({ ...row })) as unknown as readonly Occasion[];
  return {
    list,
    note: (occasion) =>
      transact(raw, () => {
        if (list().length >= MOST)
          throw new PlacardError("too_large", say("too_many_occasions", { count: MOST }), {
            next: say("remove_occasion"),
          });
        const noted = { id: randomBytes(16).toString("hex"), ...occasion };
        insert.run(noted.id, noted.day, noted.name, noted.caseName, noted.actor);
        return noted;
      }),
    forget: (id, actor) => {
      if (remove.run(id, actor ?? null, actor ?? null).changes === 0)
        throw new PlacardError("not_found", say("no_such_occasion"), {
          next: say("who_removes_occasion"),
        });
    },
  };
}
