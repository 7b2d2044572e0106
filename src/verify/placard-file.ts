/** Takes a `.placard` file apart (docs/formats/placard-file.md). Nothing is believed here; sizes and names are bounded. */
import { fromUtf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { openZip, readMember, type Zip, type ZipEntry } from "./zip.ts";

export interface PlacardFile {
  /** SD-JWT with the disclosures that are shown. */
  readonly act: string;
  /** c2sp.org/tlog-proof@v1 */
  readonly proof: string;
  /** The record's own verifier key, for trust on first use. */
  readonly vkey: string;
  readonly timestamps: readonly Uint8Array[];
  /** Stored members, by the content hash they are named by. */
  readonly blobs: ReadonlyMap<string, Blob>;
}

const LONGEST_ACT = 1 << 20;
const LONGEST_PROOF = 1 << 16;
const LONGEST_KEY = 1024;
const LONGEST_TOKEN = 1 << 16;
const MOST_TOKENS = 16;
const MOST_BLOBS = 64;

/** Throws `malformed`, `too_large`, `unsupported`, `mismatch` (a checksum). */
export async function readPlacardFile(file: Blob): Promise<PlacardFile> {
  const zip = await openZip(file);
  const timestamps: ZipEntry[] = [];
  const blobs = new Map<string, Blob>();
  for (const entry of zip.entries) {
    if (/^timestamps\/\d{1,2}\.tsr$/.test(entry.name)) timestamps.push(entry);
    else if (/^blobs\/[0-9a-f]{64}$/.test(entry.name)) blobs.set(entry.name.slice("blobs/".length), storedBlob(entry));
    else if (!["act.sdjwt", "ledger.tlog-proof", "log.vkey"].includes(entry.name)) {
      throw new PlacardError("malformed", `The file holds ${JSON.stringify(entry.name)}, which no placard file has.`);
    }
  }
  if (timestamps.length > MOST_TOKENS || blobs.size > MOST_BLOBS)
    throw new PlacardError("too_large", "The file has too many members.");
  return {
    act: await readText(zip, "act.sdjwt", LONGEST_ACT),
    proof: await readText(zip, "ledger.tlog-proof", LONGEST_PROOF),
    vkey: (await readText(zip, "log.vkey", LONGEST_KEY)).replace(/\n$/, ""),
    timestamps: await Promise.all(timestamps.map((entry) => readMember(entry, LONGEST_TOKEN))),
    blobs,
  };
}

/** Blobs are stored, so that they can be hashed where they lie, at any size. Their hash is held against the act, not their CRC. */
function storedBlob(entry: ZipEntry): Blob {
  if (entry.method === "stored") return entry.packed;
  throw new PlacardError(
    "unsupported",
    `${JSON.stringify(entry.name)} is compressed; blobs of a placard file are stored.`,
  );
}

async function readText(zip: Zip, name: string, limit: number): Promise<string> {
  const entry = zip.find(name);
  if (entry === undefined) throw new PlacardError("malformed", `The file has no ${name}; this is not a placard file.`);
  return fromUtf8(await readMember(entry, limit), name);
}
