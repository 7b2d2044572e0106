/** Takes a `.placard` file apart (docs/formats/placard-file.md). Nothing is believed here; sizes and names are bounded. */
import { fromUtf8 } from "../lib/bytes.ts";
import { PlacardError } from "../lib/error.ts";
import { LONGEST_ACT } from "../record/disclosure.ts";
import { openZip, readMember, type ZipEntry } from "./zip.ts";

export interface PlacardFile {
  /** SD-JWT with the disclosures that are shown. */
  readonly act: string;
  /** c2sp.org/tlog-proof@v1 */
  readonly proof: string;
  /** The record's own verifier key, for trust on first use. */
  readonly vkey: string;
  /** RFC 3161 tokens, DER. */
  readonly timestamps: readonly Uint8Array[];
  /** The screenshot where some of it is withheld, and what proves the rest of it. */
  readonly redacted?: Redacted;
  /** By the hash they are named by, in lower-case hexadecimal, which nobody has checked yet. */
  readonly blobs: ReadonlyMap<string, Blob>;
}

export interface Redacted {
  /** PNG. */
  readonly picture: Blob;
  /** shown-tiles.ts */
  readonly proof: Uint8Array;
}

const KIB = 1024;
/** As long as an act may be when it is sealed; room in the proof for more signatures than any reader counts. */
const LONGEST = { "act.sdjwt": LONGEST_ACT, "ledger.tlog-proof": KIB * KIB, "log.vkey": KIB } as const;
const LONGEST_TOKEN = 64 * KIB;
/** What a file may hold; a record may have gathered more. */
export const MOST_TOKENS = 16;
const MOST_BLOBS = 64;
const PICTURE = "tiles/screenshot.png";
const PICTURE_PROOF = "tiles/screenshot.proof";
/** No picture that is sealed has more tiles than its side allows; a mebibyte is 31,775 of them, or 130 million pixels. */
const LONGEST_PROOF = KIB * KIB;

/** Throws `malformed`, `too_large`, `unsupported`, or `mismatch` (a checksum). */
export async function readPlacardFile(file: Blob): Promise<PlacardFile> {
  // Plain also means stored: blobs are hashed where they lie, at any size, and no member unpacks to more than it is.
  const { entries, find } = await openZip(file, { plain: true });
  const timestamps: ZipEntry[] = [];
  const blobs = new Map<string, Blob>();
  for (const entry of entries) {
    const [, hash] = /^blobs\/([0-9a-f]{64})$/.exec(entry.name) ?? [];
    if (hash !== undefined) blobs.set(hash, entry.packed);
    else if (/^timestamps\/(?:0|[1-9][0-9]?)\.tsr$/.test(entry.name)) timestamps.push(entry);
    else if (!Object.hasOwn(LONGEST, entry.name) && entry.name !== PICTURE && entry.name !== PICTURE_PROOF) {
      throw malformed(`it holds ${JSON.stringify(entry.name.slice(0, 100))}, which no placard file has`);
    }
  }
  if (timestamps.length > MOST_TOKENS) throw tooMany(MOST_TOKENS, "timestamps");
  if (blobs.size > MOST_BLOBS) throw tooMany(MOST_BLOBS, "blobs");
  return {
    act: await readText(find("act.sdjwt"), "act.sdjwt"),
    proof: await readText(find("ledger.tlog-proof"), "ledger.tlog-proof"),
    vkey: oneLine(await readText(find("log.vkey"), "log.vkey")),
    timestamps: await Promise.all(timestamps.map((entry) => readMember(entry, LONGEST_TOKEN))),
    ...(await redactedIn(find(PICTURE), find(PICTURE_PROOF))),
    blobs,
  };
}

async function redactedIn(
  picture: ZipEntry | undefined,
  proof: ZipEntry | undefined,
): Promise<{ readonly redacted?: Redacted }> {
  if (picture === undefined && proof === undefined) return {};
  if (picture === undefined || proof === undefined)
    throw malformed("it holds a redacted picture without its proof, or the proof alone");
  return { redacted: { picture: picture.packed, proof: await readMember(proof, LONGEST_PROOF) } };
}

async function readText(entry: ZipEntry | undefined, name: keyof typeof LONGEST): Promise<string> {
  if (entry === undefined) throw malformed(`it has no ${name}`);
  return fromUtf8(await readMember(entry, LONGEST[name]), name);
}

function oneLine(text: string): string {
  if (text.indexOf("\n") !== text.length - 1) throw malformed("its log.vkey is not one line");
  return text.slice(0, -1);
}

function malformed(why: string): PlacardError {
  return new PlacardError("malformed", `This is not a placard file: ${why}.`);
}

function tooMany(most: number, what: string): PlacardError {
  return new PlacardError("too_large", `The file has more than ${most} ${what}.`);
}
