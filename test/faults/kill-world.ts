/** The record that children append to and are killed over. */
import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { join } from "node:path";
import { openSqliteCommitPoint } from "../../src/ledger/commit-sqlite.ts";
import { openDiskBackend } from "../../src/ledger/disk.ts";
import type { Log } from "../../src/ledger/log.ts";
import { formatVerifierKey, type NoteSigner } from "../../src/ledger/note.ts";
import { systemClock } from "../../src/lib/clock.ts";
import type { SealedAct } from "../../src/record/act.ts";
import { entryOf } from "../../src/record/sd-jwt.ts";
import { openDiskVault } from "../../src/vault/disk.ts";
import type { World } from "./ledger-run.ts";
import { ORIGIN, open } from "./place.ts";

/** A key that can be handed to a child. */
export interface KillKey {
  readonly vkey: string;
  /** PKCS#8 DER in base64. */
  readonly privateKey: string;
}

export function newKillKey(): KillKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = new Uint8Array(publicKey.export({ type: "spki", format: "der" }).subarray(-32));
  return {
    vkey: formatVerifierKey({ name: ORIGIN, type: 1, publicKey: raw }),
    privateKey: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
  };
}

export function killSigner({ vkey, privateKey }: KillKey): NoteSigner {
  const key = createPrivateKey({ key: Buffer.from(privateKey, "base64"), type: "pkcs8", format: "der" });
  return { name: ORIGIN, vkey, sign: (message) => new Uint8Array(sign(null, message, key)) };
}

export function killWorld(folder: string): World {
  return {
    place: {
      backend: () => openDiskBackend(join(folder, "ledger")),
      commitPoint: () => openSqliteCommitPoint(join(folder, "commit.sqlite")),
      [Symbol.asyncDispose]: async () => undefined,
    },
    openVault: () => openDiskVault(join(folder, "vault")),
  };
}

/** Opens the record as the program does, but for one thing: nothing lost is made again from the vault, and so hidden. */
export async function openKillLog(world: World, key: KillKey): Promise<Log<SealedAct>> {
  const vault = await world.openVault();
  return open<SealedAct>(world.place, {
    signer: killSigner(key),
    clock: systemClock,
    beforeCommit: (start, items) => vault.putActs(start, items),
    recover: (size) => vault.recover(size),
  });
}

/** The ledger's entries as the vault's acts give them. */
export async function entriesInVault(world: World, size: number): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  for await (const { jwt } of (await world.openVault()).readActs(0, size)) entries.push(entryOf(jwt));
  return entries;
}
