/** One run of a record's ledger and vault through trouble: what was acknowledged, what was published, and whether it all holds after. */
import assert from "node:assert/strict";
import type { CommitPoint, LedgerBackend } from "../../src/ledger/backend.ts";
import { openCheckpoint } from "../../src/ledger/checkpoint.ts";
import type { Log } from "../../src/ledger/log.ts";
import { fromUtf8, toBase64, toHex } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import type { SealedAct } from "../../src/record/act.ts";
import { entryOf } from "../../src/record/sd-jwt.ts";
import type { Vault } from "../../src/vault/vault.ts";
import { acts } from "../contracts/vault.ts";
import { assertSound, newClock, newSigner, open, type Place } from "./place.ts";

export const signer = newSigner();
/** Sealing takes longer than storing; every run seals these. */
const SEALED = acts(300);
let next = 0;
/** Opening once more finds what the first opening left. */
const ROUNDS = process.env["PLACARD_DEEP"] === "1" ? 2 : 1;

function someActs(count: number): SealedAct[] {
  return Array.from({ length: count }, () => SEALED[next++ % SEALED.length] as SealedAct);
}

export interface World {
  readonly place: Place;
  openVault(): Promise<Vault>;
}

/** What a run uses in place of the world's own; everything not given is the world's. */
export interface Troubled {
  readonly backend?: LedgerBackend;
  readonly commitPoint?: CommitPoint;
  readonly vault?: Vault;
}

export class LedgerRun {
  readonly #world: World;
  readonly #acknowledged = new Map<number, string>();
  readonly #roots = new Map<number, string>();
  readonly #notes = new Set<string>();
  readonly #clock = newClock(1_800_000_000_000);

  constructor(world: World) {
    this.#world = world;
  }

  async open(troubled: Troubled = {}): Promise<Log<SealedAct>> {
    const vault = troubled.vault ?? (await this.#world.openVault());
    const backend = troubled.backend ?? this.#world.place.backend();
    return open<SealedAct>(this.#world.place, {
      signer,
      clock: this.#clock,
      backend: this.#watched(backend),
      ...(troubled.commitPoint === undefined ? {} : { commitPoint: troubled.commitPoint }),
      beforeCommit: (start, items) => vault.putActs(start, items),
      recover: (size) => vault.recover(size),
      replay: async function* (start, end) {
        for await (const { jwt } of vault.readActs(start, end)) yield entryOf(jwt);
      },
    });
  }

  async append(log: Log<SealedAct>, count: number): Promise<void> {
    const items = someActs(count);
    const receipts = await log.appendBatch(items.map((item) => () => ({ entry: entryOf(item.jwt), item })));
    for (const [i, { index, checkpoint }] of receipts.entries()) {
      this.#acknowledged.set(index, toHex(entryOf((items[i] as SealedAct).jwt)));
      this.#seen(checkpoint);
    }
  }

  /** Opens, appends and cosigns until something fails; what fails must fail as `storage`, and the log with it. */
  async work(troubled: Troubled): Promise<void> {
    let log: Log<SealedAct>;
    try {
      log = await this.open(troubled);
    } catch (error) {
      assertStorage(error);
      return;
    }
    const size = await log.head().then((head) => head.size, assertStorage);
    try {
      await this.append(log, 1);
      await Promise.all([this.append(log, 2), this.append(log, 1)]);
      await log.publish((size ?? 0) + 4, [`— witness.example ${toBase64(new Uint8Array(76).fill(7))}`]);
      await this.append(log, 1);
    } catch (error) {
      assertStorage(error);
      await assert.rejects(this.append(log, 1), { code: "storage" }, "went on after a storage error");
      await assert.rejects(log.head(), { code: "storage" });
    } finally {
      await log.close();
    }
  }

  /** Opens without trouble: everything acknowledged is there, all rooms agree, and the next append works. */
  async assertSurvived(): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      const log = await this.open();
      try {
        const entries = await assertSound(this.#world.place, log, signer.vkey);
        for (const [index, entry] of this.#acknowledged) {
          assert.equal(entries[index] && toHex(entries[index]), entry, `entry ${index} was acknowledged and lost`);
        }
        let index = 0;
        const vault = await this.#world.openVault();
        for await (const { jwt } of vault.readActs(0, entries.length)) {
          assert.equal(toHex(entryOf(jwt)), toHex(entries[index++] as Uint8Array), "vault and ledger differ");
        }
        for (const [size, root] of this.#roots) {
          assert.ok(size <= entries.length, `size ${size} was shown and is gone`);
          assert.equal(
            toHex(await log.rootAt(size)),
            root,
            `the checkpoint shown for size ${size} is not of this ledger`,
          );
        }
        await this.append(log, 2);
      } finally {
        await log.close();
      }
    }
  }

  #seen(note: string): void {
    if (this.#notes.has(note)) return;
    this.#notes.add(note);
    const { size, root } = openCheckpoint(note, signer.vkey);
    assert.equal(this.#roots.get(size) ?? toHex(root), toHex(root), `two roots of size ${size} were shown`);
    this.#roots.set(size, toHex(root));
  }

  /** Notes every checkpoint that is published, whether or not publishing is then said to have failed. */
  #watched(backend: LedgerBackend): LedgerBackend {
    return {
      ...backend,
      put: async (path, bytes) => {
        try {
          await backend.put(path, bytes);
        } finally {
          const published = await this.#world.place.backend().get("checkpoint");
          if (path === "checkpoint" && published !== undefined) this.#seen(fromUtf8(published));
        }
      },
    };
  }
}

function assertStorage(error: unknown): undefined {
  assert.ok(isPlacardError(error, "storage"), `failed otherwise than by storage: ${String(error)}`);
}
