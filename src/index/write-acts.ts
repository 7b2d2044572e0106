/** Projected acts → the index's tables. */
import type { DatabaseSync } from "node:sqlite";
import { isResult } from "../capture/recapture/acts.ts";
import { NO_STANDING, standingOf } from "../capture/recapture/fold.ts";
import { touch } from "./columns.ts";
import { query, rowsOf } from "./database.ts";
import { addToSearch, forgetInSearch, refile } from "./full-text.ts";
import {
  type ExhibitRow,
  NOT_STATED,
  type Projected,
  type ProjectedAct,
  project,
  REMARK_ACTS_IN_SQL,
} from "./projection.ts";

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

type Erased = Projected["erasures"][number];

export function writeActs(raw: DatabaseSync, acts: readonly ProjectedAct[]): void {
  const projected = project(acts);
  const { exhibits, erasures, filings } = projected;
  writeRows(raw, projected);
  addToSearch(
    raw,
    exhibits.filter(({ kind, recaptureOf }) => kind !== null && recaptureOf === null).map(({ position }) => position),
  );
  for (const filing of filings) writeFiling(raw, filing);
  writeErasures(raw, erasures);
  const firsts = [...exhibits, ...erasures].flatMap(({ recaptureOf }) => recaptureOf ?? []);
  const changed = new Set([...firsts, ...erasures.map(({ id }) => id), ...filings.map(({ about }) => about)]);
  for (const id of changed) writeStanding(raw, id);
  const places = raw.prepare("SELECT position FROM exhibits WHERE id = ?");
  const stands = [...changed].flatMap((id) => (places.get(id)?.["position"] as number | undefined) ?? []);
  const gone = erasures.flatMap(({ filing }) => filing?.position ?? []);
  touch(raw, [...exhibits.map(({ position }) => position), ...stands, ...gone], (acts.at(-1)?.position ?? 0) + 1);
}

/** Of what is erased by then nothing is said any more. */
function writeFiling(raw: DatabaseSync, { about, tagged, untagged, caseName }: Projected["filings"][number]): void {
  const found = raw.prepare("SELECT position FROM exhibits WHERE id = ? AND state = 'sealed'").get(about);
  if (found === undefined) return;
  const position = Number(found["position"]);
  refile(raw, position, () => {
    const put = raw.prepare("INSERT OR IGNORE INTO tags (tag, position) VALUES (?, ?)");
    const take = raw.prepare("DELETE FROM tags WHERE tag = ? AND position = ?");
    for (const tag of tagged) put.run(tag, position);
    for (const tag of untagged) take.run(tag, position);
    if (caseName !== undefined)
      raw.prepare("UPDATE exhibits SET caseName = ? WHERE position = ?").run(caseName, position);
  });
}

function writeRows(raw: DatabaseSync, { exhibits, blobUses, words, pictures, frames, actsAbout }: Projected): void {
  const insert = raw.prepare(INSERT_EXHIBIT);
  for (const row of exhibits) insert.run(...EXHIBIT_COLUMNS.map((column) => row[column]));
  const use = raw.prepare("INSERT OR IGNORE INTO blobUses (sha256, position) VALUES (?, ?)");
  for (const { sha256, position } of blobUses) use.run(sha256, position);
  const said = raw.prepare("INSERT INTO words (position, postText, note, digest) VALUES (?, ?, ?, ?)");
  for (const { position, postText, note, digest } of words) said.run(position, postText, note, digest);
  const picture = raw.prepare("INSERT OR IGNORE INTO pictures (position, media, pdq) VALUES (?, ?, ?)");
  for (const { position, media, pdq } of pictures) picture.run(position, media, pdq);
  const frame = raw.prepare("INSERT OR IGNORE INTO frames (position, media, frame, pdq) VALUES (?, ?, ?, ?)");
  for (const one of frames) frame.run(one.position, one.media, one.frame, one.pdq);
  const about = raw.prepare(
    "INSERT INTO actsAbout (about, position, act, at, actor, id, said) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  for (const one of actsAbout) about.run(one.about, one.position, one.act, one.at, one.actor, one.id, one.said);
}

function writeErasures(raw: DatabaseSync, erasures: Projected["erasures"]): void {
  const gone: number[] = [];
  const positionOf = raw.prepare("SELECT position FROM exhibits WHERE id = ?");
  for (const { id, reason, erasedAt, recaptureOf, sample, filing } of erasures) {
    if (filing !== null) {
      eraseFiling(raw, id, filing);
      continue;
    }
    raw.prepare(ERASE_EXHIBIT).run(reason, erasedAt, recaptureOf, sample, id);
    raw.prepare(INSERT_PENDING).run(id);
    const found = positionOf.get(id)?.["position"];
    if (typeof found !== "number") continue;
    for (const table of ["words", "pictures", "frames", "tags"])
      raw.prepare(`DELETE FROM ${table} WHERE position = ?`).run(found);
    gone.push(found);
  }
  forgetInSearch(raw, gone);
}

/** It says nothing any more, and is no exhibit: where the vault had let go of it before this index was built, it was taken for one. */
function eraseFiling(raw: DatabaseSync, id: string, { about, position }: NonNullable<Erased["filing"]>): void {
  const known = raw.prepare(`INSERT OR IGNORE INTO pendingErasures (position)
    SELECT position FROM actsAbout WHERE about = ? AND position = ? AND act IN (${REMARK_ACTS_IN_SQL}) UNION SELECT position FROM exhibits WHERE id = ?`);
  known.run(about, position, id);
  raw.prepare("DELETE FROM actsAbout WHERE about = ? AND position = ?").run(about, position);
  raw.prepare("DELETE FROM exhibits WHERE id = ? AND kind IS NULL").run(id);
}

/** Worked out anew from all recaptures that still say something, so that a rebuilt index says the same. */
function writeStanding(raw: DatabaseSync, id: string): void {
  const [first] = rowsOf(raw, query.selectFrom("exhibits").selectAll().where("id", "=", id));
  if (first === undefined) return;
  const looks = rowsOf(
    raw,
    query.selectFrom("exhibits").selectAll().where("recaptureOf", "=", id).orderBy("position"),
  ).flatMap(({ result, sealedAt }) => (isResult(result) ? [{ result, at: sealedAt }] : []));
  // A recapture belongs where that belongs which it is of.
  if (first.state === "sealed")
    raw.prepare("UPDATE exhibits SET caseName = ? WHERE recaptureOf = ? AND state = 'sealed'").run(first.caseName, id);
  const said = first.state === "erased" ? NO_STANDING : standingOf(first.sealedAt, looks);
  raw
    .prepare(
      "UPDATE exhibits SET recaptures = ?, standing = ?, standingSince = ?, lastSeenAt = ?, checkedAt = ? WHERE id = ?",
    )
    .run(said.recaptures, said.standing, said.standingSince, said.lastSeenAt, said.checkedAt, id);
}
