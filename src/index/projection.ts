/** Acts → rows. What the index knows is exactly what a fold over the acts gives, so it can be thrown away at any time. */
import { isJsonObject, type Json } from "../lib/json.ts";

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
}

interface Erasure {
  readonly id: string;
  readonly reason: string;
  readonly erasedAt: string;
  /** Of a recapture: the exhibit it is of. Its own act does not tell any more. */
  readonly recaptureOf: string | null;
}

export interface Projected {
  readonly exhibits: readonly ExhibitRow[];
  readonly blobUses: readonly { readonly sha256: string; readonly position: number }[];
  readonly erasures: readonly Erasure[];
}

/**
 * Projects acts in ledger order. An act that discloses nothing was erased (or its vault entry is damaged, which the
 * audit says); it keeps its row, so that the exhibit stays visible as erased.
 */
export function project(acts: readonly ProjectedAct[]): Projected {
  const exhibits: ExhibitRow[] = [];
  const blobUses: { sha256: string; position: number }[] = [];
  const erasures: Erasure[] = [];
  for (const act of acts) {
    const kind = act.fields["act"];
    if (kind === "erased") erasures.push(erasure(act));
    if (kind === "captured" || kind === "recaptured" || kind === undefined) exhibits.push(exhibitRow(act, act.fields));
    // Of what others made, address and title are what it claims.
    if (kind === "received") exhibits.push(exhibitRow(act, claimsOf(act.fields)));
    for (const sha256 of blobsOf(act.fields)) blobUses.push({ sha256, position: act.position });
  }
  return { exhibits, blobUses, erasures };
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
  const text = (name: string, from = fields): string | null => {
    const value = from[name];
    return typeof value === "string" ? value : null;
  };
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
  };
}

function claimsOf({ claims }: ProjectedAct["fields"]): ProjectedAct["fields"] {
  return isJsonObject(claims) ? claims : {};
}

function erasure({ sealedAt, fields }: ProjectedAct): Erasure {
  const { of, reason, recaptureOf } = fields;
  return {
    id: String(of ?? ""),
    reason: String(reason ?? ""),
    erasedAt: sealedAt,
    recaptureOf: typeof recaptureOf === "string" ? recaptureOf : null,
  };
}
