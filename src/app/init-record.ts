/** Makes a record folder: keys, record.json, an empty ledger with a signed checkpoint of size 0. */
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { openSqliteCommitPoint } from "../ledger/commit-sqlite.ts";
import { openDiskBackend } from "../ledger/disk.ts";
import { createLog } from "../ledger/log.ts";
import { formatVerifierKey } from "../ledger/note.ts";
import { toBase64, toHex, utf8 } from "../lib/bytes.ts";
import { systemClock } from "../lib/clock.ts";
import { createDurable, makeFolder } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import { formatRecordFile, isRecordName, type RecordFile } from "../record/record-file.ts";
import { openDiskVault } from "../vault/disk.ts";
import { createKeys, type Keys } from "../vault/keys.ts";
import { noteSigner } from "./note-signer.ts";
import { recordFolder } from "./record-folder.ts";
import { say } from "./said.ts";

/**
 * Makes a record in `folder`, which must be missing or empty. record.json is written last: a folder without it is no
 * record, so an interrupted init is begun again in an empty folder and never taken for one.
 * Throws `usage` (no name), `conflict` (the folder holds something), `storage`.
 */
export async function initRecord(folder: string, options: { readonly name: string }): Promise<RecordFile> {
  const name = options.name.trim();
  if (!isRecordName(name)) {
    throw new PlacardError("usage", say("record_name"));
  }
  const paths = recordFolder(folder);
  await refuseOccupied(folder);
  await makeFolder(folder);
  const keys = await createKeys(paths.keys);
  const file = describe(name, keys);
  await makeFolder(paths.ledger);
  await openDiskVault(paths.vault);
  const commitPoint = openSqliteCommitPoint(paths.commit);
  try {
    await createLog({
      origin: file.origin,
      signer: noteSigner(file.origin, keys),
      backend: openDiskBackend(paths.ledger),
      commitPoint,
      clock: systemClock,
    });
  } finally {
    await commitPoint.close();
  }
  await createDurable(paths.recordFile, utf8(formatRecordFile(file)));
  return file;
}

async function refuseOccupied(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  if (!(await stat(folder)).isDirectory()) {
    throw new PlacardError("conflict", `${folder} is a file; a record is a folder.`, { next: "Name another folder." });
  }
  if ((await readdir(folder)).length === 0) return;
  throw new PlacardError("conflict", `${folder} is not empty; a new record is made in a folder of its own.`, {
    next: existsSync(recordFolder(folder).recordFile)
      ? "It is a record already: use it as it is."
      : "Name another folder.",
  });
}

function describe(name: string, keys: Keys): RecordFile {
  const origin = originFor(name, keys.publicKey);
  return {
    format: 1,
    name,
    origin,
    vkey: formatVerifierKey({ name: origin, type: 1, publicKey: keys.publicKey }),
    archiveKey: toBase64(keys.archivePublicKey),
  };
}

/** A log's origin must be unlike any other's and is never looked up: the name, for people, and the key's fingerprint. */
function originFor(name: string, publicKey: Uint8Array): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return `placard/${slug || "record"}/${toHex(sha256(publicKey)).slice(0, 16)}`;
}
