/** verify, in Node: the same function the verify page runs, given Node's faster hashing. */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { Verdict } from "../verify/verdict.ts";
import { openDigester } from "./digest-blob.ts";
import { openFileBlob } from "./file-blob.ts";
import { webAuthorities } from "./web-authorities.ts";

export { headingOf, headingSaid, meaningOf, meaningSaid, type TextOrTold } from "../verify/meaning.ts";

export interface VerifyFileOptions {
  /** Path of a C2SP tlog-policy file. */
  readonly policy?: string;
  readonly onProgress?: (done: number, total: number) => void;
}

const LONGEST_POLICY = 1 << 20;

/** A file that is missing or no file is a verdict "unreadable" like any other; only an unusable policy throws (`usage`, `malformed`). */
export async function verifyFile(path: string, options: VerifyFileOptions = {}): Promise<Verdict> {
  const policy = options.policy === undefined ? undefined : await readPolicy(options.policy);
  try {
    await using file = await openFileBlob(path);
    // Closed first, so that no thread reads from a file that is closed already.
    await using digester = openDigester(file.blob.size);
    const { verify } = await import("../verify/index.ts");
    return await verify(file.blob, {
      startHash: () => createHash("sha256"),
      digestBlob: digester.digestBlob,
      webRoots: webAuthorities,
      ...(policy === undefined ? {} : { policy }),
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    });
  } catch (error) {
    if (!isPlacardError(error, "storage")) throw error;
    return { verdict: "unreadable", checks: [{ name: "file", state: "fails", why: error.message, code: error.code }] };
  }
}

async function readPolicy(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > LONGEST_POLICY)
      throw new PlacardError("too_large", `The policy ${path} is larger than 1 MiB.`);
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof PlacardError) throw cause;
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const message = missing
      ? `There is no policy file ${path}.`
      : `The policy ${path} cannot be read: ${(cause as Error).message}`;
    throw new PlacardError("usage", message, { cause });
  }
}
