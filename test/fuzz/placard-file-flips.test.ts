/**
 * Turns over every bit of a small placard file. Each flip must lead to another verdict, or leave verdict, checks and
 * exhibit exactly as they were; the bytes where the latter may happen are listed here, and why.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { Verdict } from "../../src/verify/index.ts";
import { verify } from "../../src/verify/index.ts";
import { honestParts, NOW, type PlacardParts, POLICY, pack, prove, seal } from "../placard-fixture.ts";

const deep = process.env["PLACARD_DEEP"] === "1";

/** As small as a placard file gets: one blob, one entry in the ledger, no witness. */
async function smallParts(): Promise<PlacardParts> {
  const note = new TextEncoder().encode("A notice on Hollow Lane.\n");
  const sha256 = createHash("sha256").update(note).digest("hex");
  const sealed = seal({ act: "noted", notice: { sha256, bytes: note.length, mediaType: "text/plain" } });
  const { proof } = await prove(sealed, { others: [], witnesses: [] });
  return { ...(await honestParts({ sealed, blobs: [note] })), proof };
}

/** What nobody relies on: nothing is unpacked, so that no other version, date or permission leads to other contents. */
function idleBytes(zip: Uint8Array): ReadonlyMap<number, string> {
  const idle = new Map<number, string>();
  const view = new DataView(zip.buffer);
  const mark = (from: number, length: number, why: string): void => {
    for (let i = 0; i < length; i++) idle.set(from + i, why);
  };
  for (let at = 0; at + 4 <= zip.length; at++) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) mark(at + 4, 2, "version needed, local");
    if (signature === 0x02014b50) {
      mark(at + 4, 2, "version made by");
      mark(at + 6, 2, "version needed");
      mark(at + 36, 6, "attributes");
    }
  }
  return idle;
}

const look = (bytes: Uint8Array, policy?: string): Promise<Verdict> =>
  verify(new Blob([bytes as BlobPart]), {
    startHash: () => createHash("sha256"),
    now: NOW,
    ...(policy === undefined ? {} : { policy }),
  });

async function flipAll(zip: Uint8Array<ArrayBuffer>, policy: string | undefined, step: number): Promise<void> {
  const untouched = await look(zip, policy);
  assert.equal(untouched.verdict, "holds");
  const idle = idleBytes(zip);
  for (let bit = 0; bit < 8 * zip.length; bit += step) {
    const at = bit >> 3;
    zip[at] = (zip[at] as number) ^ (1 << (bit & 7));
    const found = await look(zip, policy);
    if (found.verdict === "holds") {
      assert.ok(idle.has(at), `bit ${bit & 7} of byte ${at} is relied on by nobody`);
      assert.deepEqual(found, untouched);
    }
    zip[at] = (zip[at] as number) ^ (1 << (bit & 7));
  }
}

test("every bit of a small placard file", async () => {
  await flipAll(await pack(await smallParts()), undefined, 1);
});

test("bits of a capture's placard file, with a policy", async () => {
  // A prime step, so that all bits of bytes are met; a longer run takes all.
  await flipAll(await pack(await honestParts()), POLICY, deep ? 1 : 61);
});
