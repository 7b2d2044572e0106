/**
 * age files under a passphrase (https://age-encryption.org/v1): what `age -p` writes and `age -d` opens. Header and keys are the
 * library's; scrypt is Node's, which keeps nobody else in this process waiting, and so is the payload (age-stream.ts).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt } from "node:crypto";
import { Decrypter, Encrypter, type Identity, type Recipient, Stanza } from "age-encryption";
import { openChunks, sealChunks } from "./age-stream.ts";
import { concat, utf8 } from "./bytes.ts";
import { isPlacardError, PlacardError } from "./error.ts";
import { PieceReader } from "./piece-reader.ts";
import { say } from "./said.ts";

const FIRST_LINE = "age-encryption.org/v1\n";
const LABEL = utf8("age-encryption.org/v1/scrypt");
const NONCE = 16;
const TAG = 16;
/** A header with one scrypt stanza has 150 bytes. */
const LONGEST_LINE = 256;
const MOST_LINES = 8;
/** As in age: a work of 2^18 takes about a second, 2^20 (and a gigabyte) is the most that a file may ask for. */
const WORK = 18;
const MOST_WORK = 20;

export interface AgeOptions {
  /** log2 of scrypt's N; 18 unless told. */
  readonly work?: number;
}

/** The file, in pieces that are the caller's own. */
export async function* sealAge(
  pieces: AsyncIterable<Uint8Array>,
  passphrase: string,
  { work = WORK }: AgeOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encrypter = new Encrypter();
  let fileKey: Uint8Array = new Uint8Array();
  const inner = scryptRecipient(passphrase, work);
  encrypter.addRecipient({
    wrapFileKey: (key) => {
      fileKey = key;
      return inner.wrapFileKey(key);
    },
  });
  // An empty file is header, nonce and the tag of an empty chunk.
  const empty = await encrypter.encrypt(new Uint8Array());
  const head = Uint8Array.from(empty.subarray(0, empty.length - TAG));
  yield head;
  yield* sealChunks(payloadKey(fileKey, head.subarray(head.length - NONCE)), pieces);
}

/**
 * What is in the file, in pieces, each good until the next is asked for. Throws `malformed` (no age file under a passphrase),
 * `unsupported`, `mismatch` (another passphrase, or altered), and what `pieces` throws.
 */
export async function* openAge(pieces: AsyncIterable<Uint8Array>, passphrase: string): AsyncGenerator<Uint8Array> {
  await using reader = new PieceReader(pieces);
  const fileKey = await openHeader(reader, passphrase);
  const nonce = await reader.take(NONCE);
  yield* openChunks(payloadKey(fileKey, nonce), reader.rest());
}

/** Whether the passphrase opens the file that begins so; 2,048 bytes tell. Throws as `openAge` does. */
export async function tryPassphrase(beginning: Uint8Array, passphrase: string): Promise<void> {
  await using reader = new PieceReader(onePiece(beginning));
  await openHeader(reader, passphrase);
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function openHeader(reader: PieceReader, passphrase: string): Promise<Uint8Array> {
  const header = await readHeader(reader);
  const decrypter = new Decrypter();
  decrypter.addIdentity(scryptIdentity(passphrase));
  return decrypter.decryptHeader(header).catch((cause: unknown) => {
    throw cause instanceof PlacardError ? cause : wrongPassphrase(cause);
  });
}

async function readHeader(reader: PieceReader): Promise<Uint8Array> {
  const lines: Uint8Array[] = [];
  for (let i = 0; i < MOST_LINES; i++) {
    const line = await reader.takeThrough(0x0a, LONGEST_LINE).catch((cause: unknown) => {
      throw i === 0 && isPlacardError(cause) && cause.code !== "storage" ? notAge(cause) : cause;
    });
    if (i === 0 && Buffer.from(line).toString("latin1") !== FIRST_LINE) throw notAge();
    lines.push(line);
    if (Buffer.from(line).toString("latin1").startsWith("--- ")) return concat(...lines);
  }
  throw new PlacardError("unsupported", say("several_passphrases"), {
    next: say("one_passphrase_only"),
  });
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", fileKey, nonce, "payload", 32));
}

function scryptRecipient(passphrase: string, work: number): Recipient {
  return {
    wrapFileKey: async (fileKey) => {
      const salt = Uint8Array.from(randomBytes(16));
      const cipher = createCipheriv("chacha20-poly1305", await stretch(passphrase, salt, work), new Uint8Array(12), {
        authTagLength: TAG,
      });
      const body = concat(cipher.update(fileKey), cipher.final(), cipher.getAuthTag());
      return [new Stanza(["scrypt", unpadded(salt), String(work)], body)];
    },
  };
}

function scryptIdentity(passphrase: string): Identity {
  return {
    unwrapFileKey: async (stanzas) => {
      const [stanza] = stanzas;
      const [kind, salt = "", work = ""] = stanza?.args ?? [];
      if (stanza === undefined || kind !== "scrypt" || stanzas.length !== 1 || stanza.args.length !== 3)
        throw new PlacardError("unsupported", say("no_passphrase"));
      const bytes = Buffer.from(salt, "base64");
      if (bytes.length !== 16 || unpadded(bytes) !== salt || !/^[1-9]\d?$/.test(work) || stanza.body.length !== 32)
        throw new PlacardError("malformed", say("beginning_damaged"));
      if (Number(work) > MOST_WORK) throw new PlacardError("too_large", say("too_much_memory"));
      return unwrap(stanza.body, await stretch(passphrase, bytes, Number(work)));
    },
  };
}

function unwrap(body: Uint8Array, key: Uint8Array): Uint8Array | null {
  const decipher = createDecipheriv("chacha20-poly1305", key, new Uint8Array(12), { authTagLength: TAG });
  decipher.setAuthTag(body.subarray(body.length - TAG));
  const opened = decipher.update(body.subarray(0, body.length - TAG));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return Uint8Array.from(opened);
}

function stretch(passphrase: string, salt: Uint8Array, work: number): Promise<Uint8Array> {
  const N = 2 ** work;
  return new Promise((resolve, reject) => {
    scrypt(passphrase, concat(LABEL, salt), 32, { N, r: 8, p: 1, maxmem: 1024 * N + (1 << 24) }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

function notAge(cause?: unknown): PlacardError {
  const options = cause === undefined ? {} : { cause };
  return new PlacardError("malformed", say("no_encrypted_back_up"), options);
}

function wrongPassphrase(cause: unknown): PlacardError {
  return new PlacardError("mismatch", say("wrong_passphrase"), {
    cause,
    next: say("letter_by_letter"),
  });
}
