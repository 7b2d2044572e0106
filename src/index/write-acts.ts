/** Projected acts → the index's tables. */
import type { DatabaseSync } from "node:sqlite";
import { isResult } from "../capture/recapture/acts.ts";
import { NO_STANDING, standingOf } from "../capture/recapture/fold.ts";
import { query, rowsOf } from "./database.ts";
import { addToSearch, forgetInSearch } from "./full-text.ts";
import { type ExhibitRow, NOT_STATED, type Projected, type ProjectedAct, project } from "./projection.ts";

const EXHIBIT_COLUMNS =
  "position id state sealedAt url title platform author postedAt caseName receivedFrom agendaItem recaptureOf result kind actor posted sealed guarded sample".split(
    " ",
  ) as readonly (keyof ExhibitRow)[];
const INSERT_EXHIBIT = `INSERT INTO exhibits (${EXHIBIT_COLUMNS.join(", ")}) VALUES (${EXHIBIT_COLUMNS.map(() => "?").join(", ")})`;
/** An erased exhibit keeps its id and times, and nothing of what it said. */
const ERASE_EXHIBIT = `UPDATE exhibits SET state = 'erased', reason = ?, erasedAt = ?, recaptureOf = ?, sample = ?,
  url = NULL, title = NULL, platform = NULL, author = NULL, postedAt = NULL, caseName = NULL, receivedFrom = NULL,
  agendaItem = NULL, result = NULL, kind = NULL, actor = NULL, posted = ${NOT_STATED}, guarded = 0 WHERE id = ?`;
const INSERT_PENDING = "INSERT OR IGNORE INTO pendingErasures (position) SELECT position FROM exhibits WHERE id = ?";

export function writeActs(raw: DatabaseSync, acts: readonly ProjectedAct[]): void {
  const projected = project(acts);
  const { exhibits, erasures } = projected;
  writeRows(raw, projected);
  addToSearch(
    raw,
    exhibits.filter(({ kind, recaptureOf }) => kind !== null && recaptureOf === null).map(({ position }) => position),
  );
  writeErasures(raw, erasures);
  const firsts = [...exhibits, ...erasures].flatMap(({ recaptureOf }) => recaptureOf ?? []);
  for (const id of new Set([...firsts, ...erasures.map((erased) => erased.id)])) writeStanding(raw, id);
}

function writeRows(raw: DatabaseSync, { exhibits, blobUses, words, pictures, actsAbout }: Projected): void {
  const insert = raw.prepare(INSERT_EXHIBIT);
  for (const row of exhibits) insert.run(...EXHIBIT_COLUMNS.map((column) => row[column]));
  const use = raw.prepare("INSERT OR IGNORE INTO blobUses (sha256, position) VALUES (?, ?)");
  for (const { sha256, position } of blobUses) use.run(sha256, position);
  const said = raw.prepare("INSERT INTO words (position, postText, note, digest) VALUES (?, ?, ?, ?)");
  for (const { position, postText, note, digest } of words) said.run(position, postText, note, digest);
  const picture = raw.prepare("INSERT OR IGNORE INTO pictures (position, media, pdq) VALUES (?, ?, ?)");
  for (const { position, media, pdq } of pictures) picture.run(position, media, pdq);
  const about = raw.prepare("INSERT INTO actsAbout (about, position, act, at, actor) VALUES (?, ?, ?, ?, ?)");
  for (const one of actsAbout) about.run(one.about, one.position, one.act, one.at, one.actor);
}

function writeErasures(raw: DatabaseSync, erasures: Projected["erasures"]): void {
  const gone: number[] = [];
  const positionOf = raw.prepare("SELECT position FROM exhibits WHERE id = ?");
  for (const { id, reason, erasedAt, recaptureOf, sample } of erasures) {
    raw.prepare(ERASE_EXHIBIT).run(reason, erasedAt, recaptureOf, sample, id);
    raw.prepare(INSERT_PENDING).run(id);
    const found = positionOf.get(id)?.["position"];
    if (typeof found !== "number") continue;
    for (const table of ["words", "pictures"]) raw.prepare(`DELETE FROM ${table} WHERE position = ?`).run(found);
    gone.push(found);
  }
  forgetInSearch(raw, gone);
}

/** Worked out anew from all recaptures that still say something, so that a rebuilt index says the same. */
function writeStanding(raw: DatabaseSync, id: string): void {
  const [first] = rowsOf(raw, query.selectFrom("exhibits").selectAll().where("id", "=", id));
  if (first === undefined) return;
  const looks = rowsOf(
    raw,
    query.selectFrom("exhibits").selectAll().where("recaptureOf", "=", id).orderBy("position"),
  ).flatMap(({ result, sealedAt }) => (isResult(result) ? [{ result, at: sealedAt }] : []));
  const said = first.state === "erased" ? NO_STANDING : standingOf(first.sealedAt, looks);
  raw
    .prepare(
      "UPDATE exhibits SET recaptures = ?, standing = ?, standingSince = ?, lastSeenAt = ?, checkedAt = ? WHERE id = ?",
    )
    .run(said.recaptures, said.standing, said.standingSince, said.lastSeenAt, said.checkedAt, id);
}
