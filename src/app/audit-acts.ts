/** What an audit makes of the acts themselves: fields that do not fit, erasures, and which blobs are pointed at. */
import { isJsonObject, type Json } from "../lib/json.ts";
import type { SealedAct } from "../record/act.ts";
import { openAct } from "../record/sd-jwt.ts";
import { isVaultDamage } from "./acts.ts";
import type { Finding } from "./finding.ts";
import { madeFrom, SHARED_ARCHIVE } from "./shared-archive.ts";

export interface BlobUse {
  readonly position: number;
  readonly id: string;
  readonly field: string;
  readonly bytes: number;
}

export interface ActsSeen {
  readonly findings: Finding[];
  /** How many acts could be read. */
  read: number;
  /** By the blob's hash. */
  readonly uses: Map<string, BlobUse[]>;
  /** By the shared archive's hash: the fields of an act that it is kept in parts by. */
  readonly inParts: Map<string, Readonly<Record<string, Json>>>;
  /** Ids of the acts that disclose nothing, by position. */
  readonly bare: Map<number, string>;
  /** What the ledger says is erased, by position. */
  readonly erasures: Map<number, { readonly id: string; readonly reason: string }>;
}

export function newActsSeen(): ActsSeen {
  return { findings: [], read: 0, uses: new Map(), inParts: new Map(), bare: new Map(), erasures: new Map() };
}

/** Its signature is not looked at: the ledger's root is signed, and holds the very JWT. Its fields are held to the JWT. */
export function lookAtAct(sealed: SealedAct, position: number, id: string, seen: ActsSeen): void {
  seen.read++;
  if (sealed.disclosures.length === 0) seen.bare.set(position, id);
  const fields = genuineFields(sealed, (why) =>
    seen.findings.push({ what: "act", state: "altered", position, id, why }),
  );
  if (sealed.disclosures.length > 0 && fields["act"] === undefined) {
    seen.findings.push({ what: "act", state: "missing", position, id, why: "The field that says what it is is gone." });
  }
  for (const [field, value] of Object.entries(fields)) {
    if (!isJsonObject(value)) continue;
    const { sha256, bytes } = value;
    if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256) || typeof bytes !== "number") continue;
    const uses = seen.uses.get(sha256) ?? [];
    uses.push({ position, id, field, bytes });
    seen.uses.set(sha256, uses);
    if (field === SHARED_ARCHIVE) seen.inParts.set(sha256, madeFrom(fields));
  }
  noteErasure(fields, seen);
}

/** Takes in only whether it erases another act. */
export function lookAtErasure(sealed: SealedAct, seen: ActsSeen): void {
  noteErasure(
    genuineFields(sealed, () => undefined),
    seen,
  );
}

function noteErasure({ act, of, position: at, reason }: Readonly<Record<string, Json>>, seen: ActsSeen): void {
  if (act === "erased" && typeof at === "number" && typeof of === "string") {
    seen.erasures.set(at, { id: of, reason: String(reason ?? "") });
  }
}

/** All fields, or where one does not fit its digest, the others. */
function genuineFields(sealed: SealedAct, onDamage: (why: string) => void): Readonly<Record<string, Json>> {
  try {
    return openAct(sealed).act;
  } catch (error) {
    if (!isVaultDamage(error)) throw error;
  }
  const genuine: Record<string, Json> = {};
  for (const disclosure of sealed.disclosures) {
    try {
      Object.assign(genuine, openAct({ jwt: sealed.jwt, disclosures: [disclosure] }).act);
    } catch (error) {
      if (!isVaultDamage(error)) throw error;
      onDamage(error.message);
    }
  }
  return genuine;
}

/** When all acts were seen: which were erased, which lost their fields otherwise, which have them still. */
export function settleErasures({ bare, erasures, findings }: ActsSeen): readonly Finding[] {
  const unreadable = new Set(findings.map(({ position }) => position));
  const settled: Finding[] = [];
  for (const [position, id] of bare) {
    const erased = erasures.get(position);
    const why =
      erased === undefined
        ? "Its fields are gone from the vault, and no erasure in the ledger says so."
        : `Its private parts were erased (${erased.reason}); its place in the ledger stands.`;
    settled.push({ what: "act", state: erased === undefined ? "missing" : "erased", position, id, why });
  }
  for (const [position, { id }] of erasures) {
    if (bare.has(position) || unreadable.has(position)) continue;
    const why =
      "The ledger says that it was erased, and its fields are in the vault: placard index --rebuild erases them again.";
    settled.push({ what: "act", state: "altered", position, id, why });
  }
  return settled;
}
