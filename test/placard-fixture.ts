/** A record in memory and the placard files it hands out; all content is invented, and the same in every run. */
import { writePlacardFile } from "../src/app/write-placard.ts";
import { formatCheckpoint } from "../src/ledger/checkpoint.ts";
import { cosign } from "../src/ledger/cosignature.ts";
import { inclusionProof, leafHash, nodeHash, rootHash } from "../src/ledger/merkle.ts";
import { type NoteSigner, signNote } from "../src/ledger/note.ts";
import { formatProof } from "../src/ledger/proof.ts";
import { concat, toHex, utf8 } from "../src/lib/bytes.ts";
import { sha256 } from "../src/lib/sha256.ts";
import type { Act, BlobRef, SealedAct } from "../src/record/act.ts";
import { entryOf, sealAct, serialise, withhold } from "../src/record/sd-jwt.ts";
import { testSigner } from "./note-keys.ts";
import { archiveKey, collect, type Members, waczMembers, zipOf } from "./wacz-fixture.ts";

export const ORIGIN = "placard/hollow-lane-residents/0123456789abcdef";
/** 2026-03-15T08:12:00Z */
export const SEALED_AT = 1_773_562_320_000;
/** Seconds; eight minutes later. */
export const COSIGNED_AT = SEALED_AT / 1000 + 480;
export const NOW = SEALED_AT + 86_400_000;
export const WITNESSES = [
  testSigner("witness.example/north", 21, 4),
  testSigner("witness.example/south", 22, 4),
] as const;
export const RECORD_KEY = testSigner(ORIGIN, 1);
export const ARCHIVE_KEY = archiveKey(5);

/** The smallest PNG there is: one grey pixel. */
export const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="),
  (character) => character.charCodeAt(0),
);

export function refOf(bytes: Uint8Array, mediaType: string): BlobRef {
  return { sha256: toHex(sha256(bytes)), bytes: bytes.length, mediaType };
}

export async function capturedAct(archive?: Uint8Array): Promise<{ readonly act: Act; readonly blobs: Uint8Array[] }> {
  const wacz = archive ?? (await zipOf(waczMembers({ key: ARCHIVE_KEY })));
  const text = utf8("We were here before the lane had a name.\n");
  const act = {
    act: "captured",
    url: "https://townsquare.example/p/88213",
    finalUrl: "https://townsquare.example/p/88213",
    redirects: [],
    status: 200,
    capturedAt: "2026-03-15T08:11:52.000Z",
    capturedBy: "Hollow Lane Residents",
    browser: { name: "Chromium", version: "147.0" },
    software: { name: "placard", version: "0.1.0" },
    byteRecord: "network-log",
    archive: { ...refOf(wacz, "application/wacz") },
    archiveKey: ARCHIVE_KEY.spki,
    screenshot: { ...refOf(PNG, "image/png") },
    visibleText: { ...refOf(text, "text/plain; charset=utf-8") },
    platform: "Townsquare",
    author: "A Neighbour",
    postText: "We were here before the lane had a name.",
    postedAt: "2026-03-14T21:07:00Z",
  };
  return { act, blobs: [wacz, PNG, text] };
}

/** Unpredictable to nobody: counts through SHA-256, so that the same acts have the same bytes. */
function countingRandom(seed: string): (n: number) => Uint8Array {
  let count = 0;
  return (n) => {
    const blocks = Array.from({ length: Math.ceil(n / 32) }, () => sha256(utf8(`${seed} ${count++}`)));
    return concat(...blocks).subarray(0, n);
  };
}

export function seal(act: Act, seed = "salt", signer: NoteSigner = RECORD_KEY): SealedAct {
  return sealAct(act, { issuer: signer.name, time: SEALED_AT, sign: signer.sign, random: countingRandom(seed) });
}

export interface PlacardParts {
  readonly act: string;
  readonly proof: string;
  readonly vkey: string;
  readonly timestamps: readonly Uint8Array[];
  readonly blobs: readonly Uint8Array[];
  readonly redacted?: { readonly picture: Uint8Array; readonly proof: Uint8Array };
  /** The checkpoint as the record signed it, before cosignatures: what is stamped. */
  readonly stamped: Uint8Array;
}

export interface LedgerOptions {
  readonly signer?: NoteSigner;
  readonly others?: readonly string[];
  readonly witnesses?: readonly NoteSigner[];
}

/** The proof that `sealed` is the last entry of a ledger of eight, and the checkpoint it leads to. */
export async function prove(
  sealed: SealedAct,
  { signer = RECORD_KEY, others = ["a", "b", "c", "d", "e", "f", "g"], witnesses = WITNESSES }: LedgerOptions = {},
) {
  const leaves = [...others.map((other) => leafHash(sha256(utf8(other)))), leafHash(entryOf(sealed.jwt))];
  const read = (level: number, index: number): Uint8Array =>
    level === 0 ? (leaves[index] as Uint8Array) : nodeHash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1));
  const size = leaves.length;
  const text = formatCheckpoint({ origin: signer.name, size, root: await rootHash(size, read) });
  const signed = signNote(text, [signer]);
  const lines = witnesses.map((witness) => `${cosign(text, witness, COSIGNED_AT)}\n`);
  const hashes = await inclusionProof(size - 1, size, read);
  const proof = formatProof({ index: size - 1, hashes, checkpoint: signed + lines.join("") });
  return { proof, stamped: utf8(signed) };
}

/** Everything of one honest placard file, before it is packed. */
export async function honestParts(
  options: {
    readonly hide?: readonly string[];
    readonly sealed?: SealedAct;
    readonly blobs?: readonly Uint8Array[];
  } = {},
): Promise<PlacardParts> {
  const { act, blobs } = await capturedAct();
  const sealed = options.sealed ?? seal(act);
  const shown = withhold(sealed, options.hide ?? []);
  const { proof, stamped } = await prove(sealed);
  return {
    act: serialise(shown),
    proof,
    vkey: RECORD_KEY.vkey,
    timestamps: [],
    blobs: options.blobs ?? blobs,
    stamped,
  };
}

export function pack(parts: PlacardParts): Promise<Uint8Array<ArrayBuffer>> {
  const blobs = parts.blobs.map((bytes) => ({ sha256: toHex(sha256(bytes)), blob: new Blob([bytes as BlobPart]) }));
  return collect(writePlacardFile({ ...parts, blobs }));
}

/** The members that `pack` packs, to be forged one by one. */
export function membersOf(parts: PlacardParts): Members {
  const blobs = parts.blobs.map((bytes) => [`blobs/${toHex(sha256(bytes))}`, bytes] as const);
  return [
    ["act.sdjwt", utf8(parts.act)],
    ["ledger.tlog-proof", utf8(parts.proof)],
    ["log.vkey", utf8(`${parts.vkey}\n`)],
    ...parts.timestamps.map((token, i) => [`timestamps/${i}.tsr`, token] as const),
    ...(parts.redacted === undefined
      ? []
      : ([
          ["tiles/screenshot.png", parts.redacted.picture],
          ["tiles/screenshot.proof", parts.redacted.proof],
        ] as const)),
    ...blobs.toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ];
}

/** A policy that trusts the record and both witnesses, and asks for both. */
export const POLICY = [
  `log ${RECORD_KEY.vkey}`,
  `witness north ${WITNESSES[0].vkey}`,
  `witness south ${WITNESSES[1].vkey}`,
  "group both all north south",
  "quorum both",
  "",
].join("\n");
