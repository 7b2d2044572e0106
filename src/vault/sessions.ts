/**
 * Sessions at rest (docs/formats/session.md): each sealed by itself with AES-256-GCM (NIST SP 800-38D) under a key of its
 * own, which lies among the record's keys. Without that key the file tells nothing, not even its session's name.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { concat, utf8 } from "../lib/bytes.ts";
import { createDurable, type FileSystem, makeFolder, realFileSystem, removeDurable } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { FILE_MODE, namesIn } from "./disk-folder.ts";
import { refuseShared } from "./keys.ts";
import { say } from "./said.ts";

/** Names the format and its version; authenticated with the rest. */
const MAGIC = utf8("placard-session/1\n");
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
export const LONGEST_SEALED = 1 << 27;
const KEY_NAME = /^session-([0-9a-f]{32})\.key$/;

/** What a call that returned has done survives power loss. Several processes may use one store. */
export interface SessionStore {
  /** Keeps a session; returns the id it has from now on, 32 hexadecimal digits. Throws `storage`, `too_large`. */
  put(session: Uint8Array): Promise<string>;
  /** Throws `not_found`, `malformed`, `mismatch` (another key, or altered), `unsupported`, `too_large`, `storage`. */
  read(id: string): Promise<Uint8Array>;
  /** Also of those of which only the key or only the file is left. */
  ids(): Promise<readonly string[]>;
  /** The key goes first: without it the file is noise, wherever copies of it lie. Safe to repeat. Throws `storage`. */
  remove(id: string): Promise<void>;
}

/** `folder`: in the vault; `keys`: the record's keys. */
export function diskSessions(folder: string, keys: string, fs: FileSystem = realFileSystem): SessionStore {
  const fileOf = (id: string): string => join(folder, id);
  const keyOf = (id: string): string => join(keys, `session-${id}.key`);
  return {
    put: async (session) => {
      const id = randomBytes(16).toString("hex");
      const key = randomBytes(KEY_LENGTH);
      await makeFolder(folder, { fs, mode: 0o700 });
      await createDurable(keyOf(id), key, { fs, mode: FILE_MODE });
      await createDurable(fileOf(id), sealSession(session, key, id), { fs, mode: FILE_MODE });
      return id;
    },
    read: async (id) => {
      const key = await readPrivate(keyOf(id), KEY_LENGTH);
      return openSession(await readPrivate(fileOf(id), LONGEST_SEALED), key, id);
    },
    ids: async () => {
      const files = (await namesIn(folder)).filter((name) => /^[0-9a-f]{32}$/.test(name));
      const withKeys = (await namesIn(keys)).flatMap((name) => KEY_NAME.exec(name)?.[1] ?? []);
      return [...new Set([...files, ...withKeys])].toSorted();
    },
    remove: async (id) => {
      await removeDurable(keyOf(id), fs);
      await removeDurable(fileOf(id), fs);
    },
  };
}

/** magic ‖ nonce ‖ ciphertext ‖ tag. Throws `too_large`. */
export function sealSession(session: Uint8Array, key: Uint8Array, id: string): Uint8Array {
  if (session.length > LONGEST_SEALED - MAGIC.length - NONCE_LENGTH - TAG_LENGTH) throw tooLarge();
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_LENGTH });
  cipher.setAAD(concat(MAGIC, utf8(id)));
  return concat(MAGIC, nonce, cipher.update(session), cipher.final(), cipher.getAuthTag());
}

/** Throws `malformed`, `unsupported`, `mismatch`, `too_large`. */
export function openSession(sealed: Uint8Array, key: Uint8Array, id: string): Uint8Array {
  if (sealed.length > LONGEST_SEALED) throw tooLarge();
  const magic = Buffer.from(sealed.subarray(0, MAGIC.length)).toString("latin1");
  if (!magic.startsWith("placard-session/")) throw new PlacardError("malformed", "It is no sealed session.");
  if (magic !== Buffer.from(MAGIC).toString("latin1")) {
    throw new PlacardError(
      "unsupported",
      "The session is sealed in a form that this version of Placard does not know.",
    );
  }
  const body = sealed.subarray(MAGIC.length);
  if (key.length !== KEY_LENGTH || body.length < NONCE_LENGTH + TAG_LENGTH) {
    throw new PlacardError("malformed", "The sealed session, or its key, was cut short.");
  }
  const decipher = createDecipheriv("aes-256-gcm", key, body.subarray(0, NONCE_LENGTH), { authTagLength: TAG_LENGTH });
  decipher.setAAD(concat(MAGIC, utf8(id)));
  decipher.setAuthTag(body.subarray(body.length - TAG_LENGTH));
  try {
    return concat(decipher.update(body.subarray(NONCE_LENGTH, body.length - TAG_LENGTH)), decipher.final());
  } catch (cause) {
    throw new PlacardError("mismatch", "The session was altered, or its key is another one.", { cause });
  }
}

async function readPrivate(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw new PlacardError("not_found", `${path} is not there.`, { cause });
    throw unreadable(path, cause);
  });
  try {
    const status = await file.stat();
    refuseShared(path, status, "600");
    if (!status.isFile() || status.size > most) throw tooLarge();
    return await file.readFile();
  } catch (error) {
    throw error instanceof PlacardError ? error : unreadable(path, error);
  } finally {
    await file.close();
  }
}

function unreadable(path: string, cause: unknown): PlacardError {
  return new PlacardError("storage", say("key_not_read", { path, why: (cause as Error).message }), { cause });
}

function tooLarge(): PlacardError {
  return new PlacardError("too_large", "The session is larger than any that Placard keeps.");
}
