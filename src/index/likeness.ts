/** Exhibits that are alike: of the same words, the same file, or a picture that looks the same. */
import type { DatabaseSync } from "node:sqlite";
import { isWithin } from "../capture/media/pdq.ts";
import type { ExhibitTable } from "./database.ts";

/** In how many of 256 bits two pictures may differ and still be called alike: the threshold that PDQ's authors name. */
export const ALIKE = 31;
const MOST = 50;

export interface Like {
  readonly exhibit: ExhibitTable;
  readonly why: "same-words" | "same-file" | "picture-alike";
}

/** `files`: content hashes of the post's own media. */
export function likeExhibit(raw: DatabaseSync, position: number, files: readonly string[]): readonly Like[] {
  const found = new Map<number, Like["why"]>();
  const note = (places: readonly number[], why: Like["why"]): void => {
    for (const place of places) if (place !== position && !found.has(place)) found.set(place, why);
  };
  note(sameWords(raw, position), "same-words");
  for (const sha256 of files)
    note(column(raw, "SELECT position FROM blobUses WHERE sha256 = ? LIMIT 200", sha256), "same-file");
  note(alikePictures(raw, position), "picture-alike");
  const one = raw.prepare("SELECT * FROM exhibits WHERE position = ? AND recaptureOf IS NULL AND state = 'sealed'");
  return [...found]
    .flatMap(([place, why]) => {
      const exhibit = one.get(place) as unknown as ExhibitTable | undefined;
      return exhibit === undefined ? [] : [{ exhibit, why }];
    })
    .slice(0, MOST);
}

function sameWords(raw: DatabaseSync, position: number): readonly number[] {
  return column(
    raw,
    "SELECT position FROM words WHERE digest = (SELECT digest FROM words WHERE position = ?) ORDER BY position DESC LIMIT 200",
    position,
  );
}

/** Each hash there is is held against it, most of them by their first words only. */
function alikePictures(raw: DatabaseSync, position: number): readonly number[] {
  const own = raw
    .prepare("SELECT pdq FROM pictures WHERE position = ?")
    .all(position)
    .map((row) => String(row["pdq"]));
  if (own.length === 0) return [];
  const all = raw.prepare("SELECT position, pdq FROM pictures");
  all.setReturnArrays(true);
  return (all.all() as unknown as readonly (readonly [number, string])[])
    .filter(([, pdq]) => own.some((one) => isWithin(one, pdq, ALIKE)))
    .map(([place]) => place);
}

function column(raw: DatabaseSync, sql: string, value: string | number): readonly number[] {
  return raw
    .prepare(sql)
    .all(value)
    .map((row) => Number(row["position"]));
}

export interface ActAbout {
  readonly position: number;
  readonly act: string;
  readonly at: string;
  readonly actor: string | null;
}

/** Acts about an exhibit that are no recaptures of it, in the ledger's order. */
export function actsAbout(raw: DatabaseSync, id: string): readonly ActAbout[] {
  return raw
    .prepare("SELECT position, act, at, actor FROM actsAbout WHERE about = ? ORDER BY position")
    .all(id) as unknown as ActAbout[];
}
