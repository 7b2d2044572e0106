/**
 * Files that wait on this device: handed in without an answer, or shared by the phone and not yet saved. Sent under the key
 * each was given when it was kept, and erased here once they are taken in.
 */
import type { Coded } from "../words/said.ts";

export interface KeptFile {
  /** 32 hexadecimal digits. */
  readonly key: string;
  /** Whose it is, and sent only while they are the one signed in; `null` until somebody presses Save. */
  readonly actor: string | null;
  readonly file: File;
  /** What is said of it. */
  readonly remarks: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Why it was not taken in; it is not sent again. */
  readonly refused?: string;
  /** The same for other languages. */
  readonly told?: Coded;
}

/** What became of the files of a share: kept here, no room for them, or there was no worker to take them (`away`). */
export const SHARED_FILES = ["kept", "full", "away"] as const;
export type SharedFiles = (typeof SHARED_FILES)[number];

/** Bytes that all of them may take on this device, and how many there may be. */
const MOST_BYTES = 256 << 20;
const MOST_FILES = 100;
/** Milliseconds after which what was shared and never saved is erased. */
const SHARED_FOR = 7 * 24 * 3_600_000;
const DATABASE = "placard";
const STORE = "files";
const KEY_BYTES = 16;

export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(KEY_BYTES))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(STORE, { keyPath: "key" }));
  return done(opening);
}

/** Resolves when what `work` does is on disk. Throws what the browser's database throws: no room, for one. */
async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const database = await opened();
  try {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const ended = new Promise<void>((resolve, reject) => {
      transaction.addEventListener("complete", () => resolve());
      transaction.addEventListener("abort", () => reject(transaction.error));
    });
    const [came] = await Promise.all([work(transaction.objectStore(STORE)), ended]);
    return came;
  } finally {
    database.close();
  }
}

const allIn = (store: IDBObjectStore): Promise<KeptFile[]> => done(store.getAll() as IDBRequest<KeptFile[]>);

/** All of them, or none where there is no room; resolves to whether they are on this device. */
export async function keepFiles(files: readonly KeptFile[]): Promise<boolean> {
  try {
    return await within("readwrite", async (store) => {
      const keys = files.map(({ key }) => key);
      const all = [...(await allIn(store)).filter(({ key }) => !keys.includes(key)), ...files];
      const bytes = all.reduce((sum, { file }) => sum + file.size, 0);
      if (bytes > MOST_BYTES || all.length > MOST_FILES) return false;
      for (const one of files) store.put(one);
      return true;
    });
  } catch {
    return false;
  }
}

/** What the phone shared: nobody's yet. */
export async function keepShared(files: readonly File[]): Promise<SharedFiles> {
  const at = Date.now();
  await within("readwrite", async (store) => {
    for (const one of await allIn(store)) if (one.actor === null && at - one.at > SHARED_FOR) store.delete(one.key);
  }).catch(() => undefined);
  const kept = files.map((file) => ({ key: newKey(), actor: null, file, remarks: {}, at }));
  return (await keepFiles(kept)) ? "kept" : "full";
}

/** Of `actor`, oldest first; none where the browser keeps nothing. */
export async function keptFiles(actor: string | null): Promise<readonly KeptFile[]> {
  const all = await within("readonly", allIn).catch(() => []);
  return all.filter((one) => one.actor === actor).toSorted((a, b) => a.at - b.at);
}

export async function forgetFile(key: string): Promise<void> {
  await within("readwrite", (store) => done(store.delete(key)));
}

/** Erases what is nobody's, and what is `actor`'s. */
export async function forgetFilesOf(actor: string | null): Promise<void> {
  for (const { key } of await keptFiles(actor)) await forgetFile(key);
}
