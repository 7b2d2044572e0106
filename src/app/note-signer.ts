import { formatVerifierKey, type NoteSigner } from "../ledger/note.ts";
import type { Keys } from "../vault/keys.ts";

/** The record's key as the signer of its checkpoints. */
export function noteSigner(origin: string, keys: Keys): NoteSigner {
  return {
    name: origin,
    vkey: formatVerifierKey({ name: origin, type: 1, publicKey: keys.publicKey }),
    sign: keys.sign,
  };
}
