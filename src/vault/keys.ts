/** A record's private keys: two PKCS#8 PEM files that nobody but their owner may read. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { utf8 } from "../lib/bytes.ts";
import { createDurable, type FileSystem, makeFolder } from "../lib/durable.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { say } from "./said.ts";

const LOG_KEY = "log.pem";
const ARCHIVE_KEY = "archive.pem";
const LONGEST_PEM = 4096;

export interface Keys {
  /** Ed25519, 32 bytes: checkpoints and acts are verified with it. */
  readonly publicKey: Uint8Array;
  /** Ed25519 signature, 64 bytes. */
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** ECDSA P-384, DER SubjectPublicKeyInfo: web archives are verified with it. */
  readonly archivePublicKey: Uint8Array;
  /** ECDSA P-384 over SHA-256 (the hash that signers and readers of WACZ files use), raw r‖s, 96 bytes. */
  readonly signArchive: (message: Uint8Array) => Uint8Array;
}

/**
 * Makes both keys in `folder` (mode 0700), durably, and never over others: throws `conflict` where a log key is there
 * already. The log key comes last, so that a run that was cut short can be done again. Throws `storage`.
 */
export async function createKeys(folder: string, options: { readonly fs?: FileSystem } = {}): Promise<Keys> {
  await makeFolder(folder, { ...options, mode: 0o700 });
  if (await exists(join(folder, LOG_KEY))) throw alreadyThere(folder);
  const write = (name: string, key: KeyObject): Promise<void> =>
    createDurable(join(folder, name), utf8(key.export({ type: "pkcs8", format: "pem" }) as string), {
      ...options,
      mode: 0o600,
    });
  try {
    if (!(await exists(join(folder, ARCHIVE_KEY)))) {
      await write(ARCHIVE_KEY, generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey);
    }
    await write(LOG_KEY, generateKeyPairSync("ed25519").privateKey);
  } catch (error) {
    throw isPlacardError(error, "conflict") ? alreadyThere(folder) : error;
  }
  return loadKeys(folder);
}

/**
 * Reads both keys. Throws `not_found`, `malformed` (not the kind of key it should be), and `storage` where others than
 * the owner may read them (on Windows, where files have no such mode, this is not checked).
 */
export async function loadKeys(folder: string): Promise<Keys> {
  refuseShared(folder, await statOf(folder), "700");
  const log = await readKey(join(folder, LOG_KEY), (key) => key.asymmetricKeyType === "ed25519");
  const archive = await readKey(
    join(folder, ARCHIVE_KEY),
    (key) => key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "secp384r1",
  );
  const { x } = createPublicKey(log).export({ format: "jwk" });
  return {
    publicKey: new Uint8Array(Buffer.from(x as string, "base64url")),
    sign: (message) => new Uint8Array(sign(null, message, log)),
    archivePublicKey: new Uint8Array(createPublicKey(archive).export({ type: "spki", format: "der" })),
    signArchive: (message) => new Uint8Array(sign("sha256", message, { key: archive, dsaEncoding: "ieee-p1363" })),
  };
}

async function readKey(path: string, isRight: (key: KeyObject) => boolean): Promise<KeyObject> {
  // Mode and contents are taken of one open file, which cannot be exchanged in between.
  const file = await open(path, "r").catch((cause: unknown) => {
    throw cannotRead(path, cause);
  });
  try {
    const status = await file.stat();
    refuseShared(path, status, "600");
    if (!status.isFile() || status.size > LONGEST_PEM) throw notThisKey(path);
    const key = createPrivateKey(await file.readFile("utf8"));
    if (!isRight(key)) throw notThisKey(path);
    return key;
  } catch (error) {
    throw isPlacardError(error) ? error : notThisKey(path, error);
  } finally {
    await file.close();
  }
}

/** Throws `storage` where others than the owner may read what is at `path`. */
export function refuseShared(path: string, { mode }: { readonly mode: number }, wanted: string): void {
  if (process.platform === "win32" || (mode & 0o077) === 0) return;
  throw new PlacardError("storage", say("others_may_read", { path }), {
    next: say("run_chmod", { mode: wanted, path: JSON.stringify(path) }),
  });
}

async function statOf(path: string): Promise<{ readonly mode: number }> {
  try {
    return await stat(path);
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await statOf(path);
    return true;
  } catch (error) {
    if (isPlacardError(error, "not_found")) return false;
    throw error;
  }
}

function cannotRead(path: string, cause: unknown): PlacardError {
  if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
    return new PlacardError("not_found", say("key_missing", { path }), {
      cause,
      next: say("bring_keys_back"),
    });
  }
  return new PlacardError("storage", say("key_not_read", { path, why: (cause as Error).message }), {
    cause,
    next: say("folder_permissions"),
  });
}

function notThisKey(path: string, cause?: unknown): PlacardError {
  return new PlacardError("malformed", say("no_private_key", { path }), {
    cause,
    next: say("bring_it_back"),
  });
}

function alreadyThere(folder: string): PlacardError {
  return new PlacardError("conflict", `${folder} holds a record's keys already; they were left as they are.`, {
    next: "Use that record, or make a new one in another folder.",
  });
}
