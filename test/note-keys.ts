import { ed25519 } from "@noble/curves/ed25519.js";
import { formatVerifierKey, type KeyType, type NoteSigner } from "../src/ledger/note.ts";

/** A signer whose Ed25519 seed is one byte 32 times over: the same in every run, and fit for nothing but tests. */
export function testSigner(name: string, seedByte: number, type: KeyType = 1): NoteSigner {
  const seed = new Uint8Array(32).fill(seedByte);
  const publicKey = ed25519.getPublicKey(seed);
  return {
    name,
    vkey: formatVerifierKey({ name, type, publicKey }),
    sign: (message) => ed25519.sign(message, seed),
  };
}
