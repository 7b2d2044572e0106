/**
 * Turns over every bit of a small placard file: no flip leaves a file that holds. There is no byte that nobody relies on,
 * but in signature lines by keys that the reader did not name (these are in no file here without a policy).
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { Verdict } from "../../src/verify/index.ts";
import { verify } from "../../src/verify/index.ts";
import { IS_WHOLE } from "../fuzz-time.ts";
import { honestParts, NOW, type PlacardParts, POLICY, pack, prove, seal } from "../placard-fixture.ts";
import { redactedParts } from "../redacted-fixture.ts";

const deep = process.env["PLACARD_DEEP"] === "1";

/** As small as a placard file gets: one blob, one entry in the ledger, no witness. */
async function smallParts(): Promise<PlacardParts> {
  const note = new TextEncoder().encode("A notice on Hollow Lane.\n");
  const sha256 = createHash("sha256").update(note).digest("hex");
  const sealed = seal({ act: "noted", notice: { sha256, bytes: note.length, mediaType: "text/plain" } });
  const { proof } = await prove(sealed, { others: [], witnesses: [] });
  return { ...(await honestParts({ sealed, blobs: [note] })), proof };
}

const look = (bytes: Uint8Array, policy?: string): Promise<Verdict> =>
  verify(new Blob([bytes as BlobPart]), {
    startHash: () => createHash("sha256"),
    now: NOW,
    ...(policy === undefined ? {} : { policy }),
  });

async function flipAll(zip: Uint8Array<ArrayBuffer>, policy: string | undefined, step: number): Promise<void> {
  assert.equal((await look(zip, policy)).verdict, "holds");
  for (let bit = 0; bit < 8 * zip.length; bit += step) {
    const at = bit >> 3;
    zip[at] = (zip[at] as number) ^ (1 << (bit & 7));
    const found = await look(zip, policy);
    assert.notEqual(found.verdict, "holds", `bit ${bit & 7} of byte ${at} is relied on by nobody`);
    zip[at] = (zip[at] as number) ^ (1 << (bit & 7));
  }
}

test(`every ${deep ? "" : "seventh "}bit of a small placard file`, async () => {
  await flipAll(await pack(await smallParts()), undefined, deep ? 1 : 7);
});

test("bits of a placard file with a picture of which some is withheld", async () => {
  await flipAll(await pack((await redactedParts()).parts), undefined, IS_WHOLE ? 1 : deep ? 41 : 997);
});

test("bits of a capture's placard file, with a policy", async () => {
  // A prime step, so that all bits of bytes are met; a run of a minute for random input takes all.
  await flipAll(await pack(await honestParts()), POLICY, IS_WHOLE ? 1 : deep ? 7 : 127);
});
