/** From an act to an acknowledged place in the ledger. */

import type { Receipt, Sealing } from "../ledger/log.ts";
import { leafHash } from "../ledger/merkle.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import type { JsonObject } from "../lib/json.ts";
import { ROOM_TO_SEAL, requireRoom } from "../lib/room.ts";
import type { Act, BlobRef } from "../record/act.ts";
import { checkWords, exhibitId } from "../record/exhibit-id.ts";
import { entryOf, sealAct } from "../record/sd-jwt.ts";
import type { Vault } from "../vault/vault.ts";
import type { RecordContext, SealItem } from "./context.ts";

export interface Sealed {
  readonly position: number;
  readonly id: string;
  readonly words: readonly string[];
  /** Milliseconds since 1970, as the act states it. */
  readonly time: number;
}

/** Seals one act: once this resolves, it survives power loss. Throws `not_found` where a blob it points at is not in the vault, `storage`. */
export async function seal(context: RecordContext, act: Act, blobs: readonly string[] = []): Promise<Sealed> {
  requireRoom(context.folder.root, ROOM_TO_SEAL);
  const pending = prepare(context, act, blobs);
  return pending.finish(await context.log.append(pending.make));
}

/** Puts files into the vault by `store`, a field each, and seals the act that points at them. Throws `storage`, `clock_behind`, `busy`. */
export async function sealWithBlobs(
  context: RecordContext,
  act: Act,
  store: () => Promise<Readonly<Record<string, BlobRef>>>,
): Promise<Sealed> {
  for (let attempt = 1; ; attempt++) {
    const blobs = await store();
    try {
      return await seal(
        context,
        { ...act, ...(blobs as unknown as JsonObject) },
        Object.values(blobs).map(({ sha256 }) => sha256),
      );
    } catch (error) {
      // Another process erased an exhibit that shared a blob with this one, between storing and sealing.
      if (attempt === 3 || !isPlacardError(error, "not_found")) throw error;
    }
  }
}

/** Seals several acts that point at no blobs, in one commit or none of them. */
export async function sealAll(context: RecordContext, acts: readonly Act[]): Promise<readonly Sealed[]> {
  requireRoom(context.folder.root, ROOM_TO_SEAL);
  const pending = acts.map((act) => prepare(context, act, []));
  const receipts = await context.log.appendBatch(pending.map(({ make }) => make));
  return pending.map(({ finish }, i) => finish(receipts[i] as Receipt));
}

/** The id follows from the entry, and the entry from the time at which the ledger takes it: known only afterwards. */
function prepare(context: RecordContext, act: Act, blobs: readonly string[]) {
  let entry: Uint8Array = new Uint8Array();
  return {
    make: (time: number): Sealing<SealItem> => {
      const sealed = sealAct(act, { issuer: context.file.origin, time, sign: context.keys.sign });
      entry = entryOf(sealed.jwt);
      return { entry, item: { act: sealed, blobs } };
    },
    finish: ({ index, time }: Receipt): Sealed => {
      const leaf = leafHash(entry);
      return { position: index, id: exhibitId(leaf), words: checkWords(leaf), time };
    },
  };
}

/** Runs under the ledger's lock, before anything of the batch is committed. */
export async function storeItems(vault: Vault, start: number, items: readonly SealItem[]): Promise<void> {
  for (const sha256 of new Set(items.flatMap((item) => item.blobs))) {
    // An erasure in another process may have removed a blob that this act shares with the erased one.
    if (!(await vault.hasBlob(sha256))) throw new PlacardError("not_found", `The blob ${sha256} is not in the vault.`);
  }
  await vault.putActs(
    start,
    items.map((item) => item.act),
  );
}
