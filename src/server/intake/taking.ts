/** What members do with what was sent in, and how a sender takes it back. */
import { randomBytes } from "node:crypto";
import { PlacardError } from "../../lib/error.ts";
import type { House } from "../house.ts";
import { say } from "../said.ts";
import type { Intake } from "./open.ts";
import type { Picture } from "./sent.ts";
import { standingOf } from "./standing.ts";

export interface TakingLinks {
  readonly ref: string;
  /** Which; all that wait, where none are named. */
  readonly places?: readonly number[] | undefined;
  readonly actor: string;
  readonly caseName?: string | undefined;
  readonly allowPrivate?: boolean;
}

/** Asks for the links to be saved, exactly as a member's own; each once, whoever presses how often. Throws `conflict`. */
export async function saveLinks(
  house: House,
  { ref, places, actor, caseName, allowPrivate }: TakingLinks,
): Promise<void> {
  const [intake, record] = [await house.intake(), house.record()];
  const isWanted = (n: number): boolean => places === undefined || places.includes(n);
  const before = await standingOf(record, intake, ref);
  const wanted = before.filter(
    ({ kind, url, item, n }) => kind === "link" && url !== null && item === null && isWanted(n),
  );
  if (wanted.length === 0) throw new PlacardError("conflict", say("no_link_left"), { next: say("look_anew") });
  const fresh = wanted.flatMap(({ n, batch }) => (batch === null ? [n] : []));
  // First it is noted what is about to be asked for: whoever is cut off here asks for the same once more.
  intake.sent.assign(ref, fresh, randomBytes(16).toString("hex"));
  const chosen = new Set(wanted.map(({ n }) => n));
  const links = Map.groupBy(
    intake.sent.parts(ref).filter(({ n, item }) => chosen.has(n) && item === null),
    ({ batch }) => batch,
  );
  for (const [batch, parts] of links) {
    if (batch === null) continue;
    const terms = { key: batch, actor, sentIn: ref, ...(caseName === undefined ? {} : { caseName }) };
    const asked = await record.askFor(
      parts.flatMap(({ url }) => url ?? []),
      { ...terms, ...(allowPrivate === true ? { allowPrivate } : {}) },
    );
    intake.sent.known(batch, asked.links);
  }
  house.captures.wake();
  house.news.tell({ kind: "look" });
}

export interface TakingPicture {
  readonly ref: string;
  readonly n: number;
  readonly actor: string;
  readonly from: string;
  readonly caseName?: string | undefined;
}

/** Seals it as received, once. Throws what `importFile` throws. */
export async function importPicture(house: House, { ref, n, actor, from, caseName }: TakingPicture): Promise<void> {
  const intake = await house.intake();
  const { bytes, mediaType, item } = intake.sent.picture(ref, n);
  await using upload = await house.record().takeUpload(inOnePiece(bytes));
  const { id } = await house.captures.receive(upload.path, {
    from,
    fileName: nameOf(n, mediaType),
    key: item,
    actor,
    sentIn: ref,
    ...(caseName === undefined ? {} : { caseName }),
  });
  intake.sent.imported(ref, n);
  house.news.tell({ kind: "exhibit", id });
  house.news.tell({ kind: "look" });
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** What it was called on the sender's device may tell of the sender, and is not kept. */
function nameOf(n: number, mediaType: Picture["mediaType"]): string {
  return `sent-in-${n}.${mediaType.replace("image/", "").replace("jpeg", "jpg")}`;
}

/**
 * What is not sealed is erased, wherever it waits. Of what is sealed it stays known: a sender who takes it back asks the members
 * to erase it, and one whose rest the members erase can still ask. Throws `conflict` where members erase what was taken back.
 */
export async function takeAway(house: House, intake: Intake, ref: string, as: "withdrawn" | "erased"): Promise<void> {
  if (as === "erased" && intake.sent.get(ref).state === "withdrawn")
    throw new PlacardError("conflict", say("taken_back"), { next: say("look_anew") });
  const parts = await standingOf(house.record(), intake, ref);
  const isSealed = parts.some(({ standing }) => standing === "saved");
  const open = parts.flatMap(({ kind, standing, item }) =>
    kind === "link" && standing !== "saved" ? (item ?? []) : [],
  );
  await house.record().forgetAskedLinks(open);
  for (const item of open) house.captures.stop(item);
  intake.sent.erase(ref, as === "erased" && isSealed ? "taken" : as);
  house.news.tell({ kind: "look" });
}
