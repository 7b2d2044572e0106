import { type Checkpoint, formatCheckpoint } from "../src/ledger/checkpoint.ts";
import { consistencyProof, leafHash, nodeHash, rootHash } from "../src/ledger/merkle.ts";
import { type NoteSigner, signNote } from "../src/ledger/note.ts";
import { utf8 } from "../src/lib/bytes.ts";

/** A log in a test's memory: `entry 0`, `entry 1` … (or another word), signed by `signer`. */
export function tinyLog(signer: NoteSigner, word = "entry") {
  const read = (level: number, index: number): Uint8Array =>
    level === 0
      ? leafHash(utf8(`${word} ${index}`))
      : nodeHash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1));
  const head = async (size: number): Promise<Checkpoint> => ({
    origin: signer.name,
    size,
    root: await rootHash(size, read),
  });
  return {
    read,
    head,
    checkpoint: async (size: number): Promise<string> => signNote(formatCheckpoint(await head(size)), [signer]),
    consistency: (oldSize: number, newSize: number): Promise<Uint8Array[]> => consistencyProof(oldSize, newSize, read),
  };
}
