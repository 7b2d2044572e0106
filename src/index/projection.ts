/** Acts → rows. What the index knows is exactly what a fold over the acts gives, so it can be thrown away at any time. */
import { lookOfPicture, lookOfVideo } from "../capture/media/looks.ts";
import { isJsonObject, type Json } from "../lib/json.ts";
import { PREPARING_ACTS, sayingIn } from "../show/acts.ts";
import { textDigest } from "./text-digest.ts";

/** One act as the projection reads it: where it stands, its exhibit id, when it was sealed, and what is disclosed. */
export interface ProjectedAct {
  readonly position: number;
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly sealedAt: string;
  readonly fields: Readonly<Record<string, Json>>;
}

export interface ExhibitRow {
  readonly position: number;
  readonly id: string;
  readonly state: "sealed";
  readonly sealedAt: string;
  readonly url: string | null;
  readonly title: string | null;
  readonly platform: string | null;
  readonly author: string | null;
  readonly postedAt: string | null;
  readonly caseName: string | null;
  readonly receivedFrom: string | null;
  readonly agendaItem: string | null;
  readonly recaptureOf: string | null;
  readonly result: string | null;
  readonly kind: ExhibitKind | null;
  /** Who captured it, or took it in: a pseudonym, or what the settings call the group. */
  readonly actor: string | null;
  /** Seconds since 1970; `NOT_STATED` where the page gives no time that can be read. */
  readonly posted: number;
  readonly sealed: number;
  /** 1 where some of what it says has a form made for sharing (docs/formats/shared.md), and the other is the group's alone. */
  readonly guarded: number;
  /** 1 of what was made of the sample. */
  readonly sample: number;
}

export type ExhibitKind = "captured" | "received";
/** Sorts before every time there is. */
export const NOT_STATED = -(2 ** 48);

/** What is searched besides a row's own columns, and what tells the same words again. */
export interface Words {
  readonly position: number;
  readonly postText: string | null;
  readonly note: string | null;
  readonly digest: string | null;
}

/** A picture of the post, by its perceptual hash. */
interface PictureHash {
  readonly position: number;
  readonly media: number;
  readonly pdq: string;
}

/** A frame of a video of the post, by its place in it. */
interface FrameHash extends PictureHash {
  readonly frame: number;
}

/** An act that is about an exhibit, and no recapture of it. */
interface ActAbout {
  readonly position: number;
  readonly about: string;
  readonly act: string;
  readonly at: string;
  readonly actor: string | null;
  readonly id: string;
  /** Of a filing: what it changed; of a step to the public: what it says (src/show/acts.ts); as JSON. */
  readonly said: string | null;
}

/** Acts by which members say something of an exhibit after it was sealed: the group's own, and erased with it. What was public stays told. */
export const REMARK_ACTS: readonly string[] = ["filed", ...PREPARING_ACTS];
/** The same, as a query has it. */
export const REMARK_ACTS_IN_SQL = REMARK_ACTS.map((act) => `'${act}'`).join(", ");

/** What members did to where an exhibit belongs after it was sealed (docs/formats/filing.md). */
export interface FilingChange {
  readonly tagged: readonly string[];
  readonly untagged: readonly string[];
  /** Null: taken out of its case; undefined: left in it. */
  readonly caseName?: string | null;
}

interface Filing extends FilingChange {
  readonly about: string;
}

interface Erasure {
  readonly id: string;
  readonly reason: string;
  readonly erasedAt: string;
  /** Of a recapture: the exhibit it is of. Its own act does not tell any more. */
  readonly recaptureOf: string | null;
  readonly sample: 0 | 1;
  /** Of a filing: the exhibit it is of, and where the filing stands. */
  readonly filing: { readonly about: string; readonly position: number } | null;
}

export interface Projected {
  readonly exhibits: readonly ExhibitRow[];
  readonly blobUses: readonly { readonly sha256: string; readonly position: number }[];
  readonly erasures: readonly Erasure[];
  readonly words: readonly Words[];
  readonly pictures: readonly PictureHash[];
  readonly frames: readonly FrameHash[];
  readonly actsAbout: readonly ActAbout[];
  readonly filings: readonly Filing[];
}

/**
 * Projects acts in ledger order. An act that discloses nothing was erased (or its vault entry is damaged, which the
 * audit says); it keeps its row, so that the exhibit stays visible as erased.
 */
export function project(acts: readonly ProjectedAct[]): Projected {
  const exhibits: ExhibitRow[] = [];
  const blobUses: { sha256: string; position: number }[] = [];
  const erasures: Erasure[] = [];
  const words: Words[] = [];
  const pictures: PictureHash[] = [];
  const frames: FrameHash[] = [];
  const actsAbout: ActAbout[] = [];
  const filings: Filing[] = [];
  for (const act of acts) {
    const kind = act.fields["act"];
    if (kind === "erased") erasures.push(erasure(act));
    if (kind === "captured" || kind === "recaptured" || kind === undefined) exhibits.push(exhibitRow(act, act.fields));
    // Of what others made, address and title are what it claims.
    if (kind === "received") exhibits.push(exhibitRow(act, claimsOf(act.fields)));
    if (kind === "captured" || kind === "recaptured" || kind === "received") words.push(wordsOf(act));
    pictures.push(...picturesOf(act));
    frames.push(...framesOf(act));
    actsAbout.push(...aboutOf(act));
    if (kind === "filed") filings.push({ about: textIn(act.fields, "of") ?? "", ...filingIn(act.fields) });
    for (const sha256 of blobsOf(act.fields)) blobUses.push({ sha256, position: act.position });
  }
  return { exhibits, blobUses, erasures, words, pictures, frames, actsAbout, filings };
}

/** Content hashes of all blobs an act points at, each once. */
function blobsOf(fields: Readonly<Record<string, Json>>): readonly string[] {
  const found = new Set<string>();
  for (const value of Object.values(fields)) {
    if (isJsonObject(value) && typeof value["sha256"] === "string" && typeof value["bytes"] === "number") {
      found.add(value["sha256"]);
    }
  }
  return [...found];
}

function exhibitRow({ position, id, sealedAt, fields }: ProjectedAct, about: ProjectedAct["fields"]): ExhibitRow {
  const text = (name: string, from = fields): string | null => textIn(from, name);
  const { act: kind } = fields;
  return {
    position,
    id,
    state: "sealed",
    sealedAt,
    url: text("url", about),
    title: text("title", about),
    platform: text("platform"),
    author: text("author"),
    postedAt: text("postedAt"),
    caseName: text("case"),
    receivedFrom: text("receivedFrom"),
    agendaItem: text("agendaItem"),
    recaptureOf: isJsonObject(fields["recaptureOf"]) ? text("id", fields["recaptureOf"]) : null,
    result: text("result"),
    kind: kind === "received" ? kind : typeof kind === "string" ? "captured" : null,
    actor: actorOf(fields),
    posted: secondsOf(text("postedAt")) ?? NOT_STATED,
    sealed: secondsOf(sealedAt) ?? NOT_STATED,
    guarded: isJsonObject(fields["shared"]) ? 1 : 0,
    sample: sampleIn(fields),
  };
}

/** Of an erasure too, since the act that was erased does not tell any more. */
function sampleIn(fields: ProjectedAct["fields"]): 0 | 1 {
  return fields["sample"] === true ? 1 : 0;
}

function textIn(fields: ProjectedAct["fields"], name: string): string | null {
  const value = fields[name];
  return typeof value === "string" ? value : null;
}

function actorOf(fields: ProjectedAct["fields"]): string | null {
  return textIn(fields, "actor") ?? textIn(fields, "capturedBy") ?? textIn(fields, "receivedBy");
}

/** A time without a zone is taken to be UTC: it may be off by a day, which `timesWithoutZone` in the act says. */
function secondsOf(time: string | null): number | undefined {
  if (time === null || !/^\d{4}-\d\d-\d\d/.test(time)) return undefined;
  const zoned = /[Tt ]\d\d:\d\d/.test(time) && !/(?:[Zz]|[+-]\d\d:?\d\d)$/.test(time) ? `${time}Z` : time;
  const milliseconds = Date.parse(zoned);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/** Longer than any post; what is left out is found in the exhibit, and not by searching. */
const LONGEST_WORDS = 20_000;

function wordsOf({ position, fields }: ProjectedAct): Words {
  const part = (name: string): string | null => textIn(fields, name)?.slice(0, LONGEST_WORDS) ?? null;
  const postText = part("postText");
  return {
    position,
    postText,
    note: part("note"),
    digest: postText === null ? null : textDigest(postText),
  };
}

function picturesOf({ position, fields }: ProjectedAct): readonly PictureHash[] {
  return aboutMedia(fields).flatMap(([media, about]) => {
    const pdq = lookOfPicture(about);
    return pdq === undefined ? [] : [{ position, media, pdq }];
  });
}

function framesOf({ position, fields }: ProjectedAct): readonly FrameHash[] {
  return aboutMedia(fields).flatMap(([media, about]) =>
    (lookOfVideo(about)?.frames ?? []).flatMap((pdq, frame) =>
      pdq === undefined ? [] : [{ position, media, frame, pdq }],
    ),
  );
}

function aboutMedia(fields: ProjectedAct["fields"]): readonly (readonly [media: number, about: Json])[] {
  return Object.entries(fields).flatMap(([name, about]) => {
    const media = /^media(\d{1,3})About$/.exec(name)?.[1];
    return media === undefined ? [] : [[Number(media), about] as const];
  });
}

function aboutOf({ position, id, sealedAt, fields }: ProjectedAct): readonly ActAbout[] {
  const { act, of, exhibits, filingOf } = fields;
  if (typeof act !== "string" || filingOf !== undefined) return [];
  // Placards are made of several at once.
  const all = act === "printed" && Array.isArray(exhibits) ? exhibits : [of];
  const ids = new Set(all.filter((one) => typeof one === "string"));
  const said = act === "filed" ? JSON.stringify(filingIn(fields)) : sayingIn(act, fields);
  const actor = textIn(fields, "actor");
  return [...ids].map((about) => ({ position, about, act, at: sealedAt, actor, id, said }));
}

function filingIn(fields: ProjectedAct["fields"]): FilingChange {
  const list = (name: string): readonly string[] => {
    const value = fields[name];
    return Array.isArray(value) ? (value as readonly Json[]).filter((one) => typeof one === "string") : [];
  };
  const { case: put } = fields;
  return {
    tagged: list("tagged"),
    untagged: list("untagged"),
    ...(put === null || typeof put === "string" ? { caseName: put } : {}),
  };
}

function claimsOf({ claims }: ProjectedAct["fields"]): ProjectedAct["fields"] {
  return isJsonObject(claims) ? claims : {};
}

function erasure({ sealedAt, fields }: ProjectedAct): Erasure {
  const { of, reason, recaptureOf, filingOf, position } = fields;
  return {
    id: String(of ?? ""),
    reason: String(reason ?? ""),
    erasedAt: sealedAt,
    recaptureOf: typeof recaptureOf === "string" ? recaptureOf : null,
    sample: sampleIn(fields),
    filing: typeof filingOf === "string" && typeof position === "number" ? { about: filingOf, position } : null,
  };
}
