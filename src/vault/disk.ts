/**
 * A vault in a folder: `blobs/ab/<sha256>` and `acts/` (docs/formats/vault.md), readable by their owner alone.
 *
 * Removing means that no file holds the bytes any more. What a file held may stay on the medium until the space is used
 * again: solid-state disks and copy-on-write file systems give no way to overwrite in place. An encrypted disk does.
 */
import { join } from "node:path";
import { type FileSystem, realFileSystem } from "../lib/durable.ts";
import { diskActs } from "./disk-acts.ts";
import { diskBlobs } from "./disk-blobs.ts";
import { folderMaker } from "./disk-folder.ts";
import type { Vault } from "./vault.ts";

/** Opens the vault in `folder`, and makes it where it is missing. Throws `storage`. */
export async function openDiskVault(folder: string, options: { readonly fs?: FileSystem } = {}): Promise<Vault> {
  const fs = options.fs ?? realFileSystem;
  await folderMaker(folder, fs)(folder);
  const blobs = diskBlobs(join(folder, "blobs"), fs);
  const acts = diskActs(join(folder, "acts"), fs);
  return {
    putBlob: blobs.putBlob,
    openBlob: blobs.openBlob,
    hasBlob: blobs.hasBlob,
    listBlobs: blobs.listBlobs,
    removeBlob: blobs.removeBlob,
    putActs: (start, given) => acts.putActs(start, given),
    readActs: (start, end) => acts.readActs(start, end),
    eraseAct: (index, size) => acts.eraseAct(index, size),
    recover: async (size) => {
      await acts.recover(size);
      await blobs.dropAbandoned();
    },
  };
}
