/** A record that is worked on by processes which are killed: what they said they had done, and whether all of it holds. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { audit } from "../../src/app/audit.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openContext } from "../../src/app/open-record.ts";
import { rebuildIndex } from "../../src/app/record.ts";
import { seal } from "../../src/app/seal.ts";
import { openCheckpoint } from "../../src/ledger/checkpoint.ts";
import { verifyConsistency } from "../../src/ledger/merkle.ts";
import { equal, fromBase64, toBase64 } from "../../src/lib/bytes.ts";
import { newFolder } from "./place.ts";

interface Said {
  readonly did: "captured" | "erased" | "audited" | "cosigned" | "stamped" | "seen";
  readonly id: string;
  readonly position: number;
  readonly secret?: string;
  readonly hashes: readonly string[];
  readonly reason: string;
  readonly verdict: string;
  readonly findings: readonly unknown[];
  readonly outcome: string;
  readonly size: number;
  readonly root: string;
}

export class TroubledRecord implements AsyncDisposable {
  readonly folder: string;
  readonly inputs: string;
  readonly vkey: string;
  readonly #captured = new Map<string, Said>();
  readonly #erased = new Map<string, Said>();
  readonly #roots = new Map<number, string>([]);
  readonly #attested = new Set<number>();
  #newest = 0;

  private constructor(folder: string, vkey: string) {
    this.folder = join(folder, "record");
    this.inputs = join(folder, "inputs");
    this.vkey = vkey;
  }

  static async make(): Promise<TroubledRecord> {
    const folder = await newFolder();
    const { vkey } = await initRecord(join(folder, "record"), { name: "Hollow Lane Residents" });
    await mkdir(join(folder, "inputs"));
    return new TroubledRecord(folder, vkey);
  }

  async configure(settings: object): Promise<void> {
    await writeFile(join(this.folder, "config.json"), JSON.stringify(settings));
  }

  /** How many exhibits were acknowledged, those erased since among them. */
  get acknowledged(): number {
    return this.#captured.size;
  }

  /** Takes in what was said in a run, and holds the record to all that was ever said of it. */
  async check(lines: readonly string[]): Promise<void> {
    for (const line of lines) this.#hear(JSON.parse(line) as Said);
    await this.#checkPublished();
    const before = await this.#checkOpened();
    await rebuildIndex(this.folder);
    await this.#checkTraces();
    const opened = await openContext(this.folder);
    try {
      assert.deepEqual(await opened.context.index.list(), before, "the index is another when it is built anew");
      const { id } = await seal(opened.context, { act: "captured", title: "Afterwards" });
      assert.equal((await opened.context.index.find(id))?.state, "sealed", "the next append does not work");
    } finally {
      await opened[Symbol.asyncDispose]();
    }
  }

  #hear(said: Said): void {
    if (said.did === "captured") this.#captured.set(said.id, said);
    if (said.did === "erased") this.#erased.set(said.id, said);
    if (said.did === "audited") assert.equal(said.verdict, "holds", JSON.stringify(said.findings));
    if (said.did === "cosigned" || said.did === "stamped") {
      assert.equal(said.outcome, "attested", said.reason);
      this.#attested.add(said.size);
    }
    if (said.did === "seen") this.#see(said.size, said.root);
  }

  #see(size: number, root: string): void {
    assert.equal(this.#roots.get(size) ?? root, root, `there are two roots of size ${size}`);
    this.#roots.set(size, root);
    this.#newest = Math.max(this.#newest, size);
  }

  /** Before anything recovers: what the world may have fetched. */
  async #checkPublished(): Promise<void> {
    const { size, root } = openCheckpoint(await readFile(join(this.folder, "ledger", "checkpoint")), this.vkey);
    this.#see(size, toBase64(root));
  }

  async #checkOpened() {
    const newest = this.#newest;
    const opened = await openContext(this.folder);
    try {
      const { context } = opened;
      const { size, root, checkpoint } = await context.log.head();
      assert.ok(size >= newest, `the ledger shrank from ${newest} to ${size}`);
      this.#see(size, toBase64(root));
      const published = openCheckpoint(await readFile(join(this.folder, "ledger", "checkpoint")), this.vkey);
      assert.ok(published.size === size && equal(published.root, root), "published is not what is committed");
      assert.equal(openCheckpoint(checkpoint, this.vkey).size, size);
      for (const [oldSize, oldRoot] of [...this.#roots].slice(-20)) {
        const proof = await context.log.consistencyProof(oldSize, size);
        verifyConsistency({ oldSize, newSize: size, oldRoot: fromBase64(oldRoot, "root"), newRoot: root, proof });
      }
      for (const attested of this.#attested) {
        assert.notEqual(
          await context.backend.get(`attested/${attested}/checkpoint`),
          undefined,
          "an attestation is lost",
        );
      }
      const found = await audit(context);
      const wrong = found.findings.filter(({ state }) => state !== "erased" && state !== "unreferenced");
      assert.deepEqual([found.verdict, wrong], ["holds", []]);
      return await this.#checkExhibits(context);
    } finally {
      await opened[Symbol.asyncDispose]();
    }
  }

  async #checkExhibits({ index, vault }: Awaited<ReturnType<typeof openContext>>["context"]) {
    const rows = await index.list();
    const byId = new Map(rows.map((row) => [row.id, row]));
    assert.deepEqual((await index.erasuresDue()).positions, [], "an erasure was not finished by opening");
    for (const { id, state, recaptureOf } of rows) {
      if (recaptureOf === null || byId.get(recaptureOf)?.state !== "erased") continue;
      assert.equal(state, "erased", `${id} says what was erased with ${recaptureOf}`);
    }
    for (const [id, { position, hashes, secret }] of this.#captured) {
      const row = byId.get(id);
      assert.equal(row?.position, position, `${id} was acknowledged and lost`);
      // An erasure that was committed and never acknowledged stands too.
      if (row?.state === "erased") continue;
      assert.ok(secret === undefined || row?.title === secret, `${id} says something else`);
      for (const hash of hashes) {
        const blob = await vault.openBlob(hash);
        assert.ok(blob !== undefined, `a blob of ${id} is lost`);
        assert.equal(
          createHash("sha256")
            .update(await blob.bytes())
            .digest("hex"),
          hash,
        );
      }
    }
    for (const [id, { reason }] of this.#erased) {
      const row = byId.get(id);
      assert.deepEqual([row?.state, row?.reason !== null, row?.title], ["erased", true, null], `${id}: ${reason}`);
      for await (const act of vault.readActs(row?.position as number, (row?.position as number) + 1)) {
        assert.deepEqual(act.disclosures, [], `${id} was erased, and its fields are there`);
      }
    }
    return rows;
  }

  /** No byte of what was erased, and no unfinished file that docs/formats/vault.md does not speak of. */
  async #checkTraces(): Promise<void> {
    const secrets = new Set([...this.#erased.values()].map(({ secret }) => secret).filter((secret) => secret != null));
    const long = new Date(Date.now() - 7_200_000);
    for (const path of await filesBelow(this.folder)) {
      const bytes = await readFile(path);
      const texts = [bytes.toString("latin1")];
      if (path.includes("/acts/"))
        texts.push(...texts[0]!.split(/[~\n.]/).map((part) => Buffer.from(part, "base64url").toString("latin1")));
      for (const text of texts) {
        for (const [secret] of text.matchAll(/lantern-[0-9a-f]{16}/g)) {
          assert.ok(!secrets.has(secret), `${relative(this.folder, path)} still says ${secret}, which was erased`);
        }
      }
      if (!path.includes("/.tmp-")) continue;
      assert.doesNotMatch(path, /\/acts\//, "an unfinished act file outlived an opening");
      await utimes(path, long, long);
    }
    await (await openContext(this.folder))[Symbol.asyncDispose]();
    const left = (await filesBelow(this.folder)).filter((path) => path.includes("/.tmp-"));
    assert.deepEqual(left, [], "unfinished files stay for ever");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(join(this.folder, ".."), { recursive: true, force: true });
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
