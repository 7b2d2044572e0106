/** Whatever a web archive by itself holds, verify gives a verdict, blames the file and not the disk, and holds only what is whole. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { equal } from "../../src/lib/bytes.ts";
import { type Verdict, verify } from "../../src/verify/index.ts";
import { FUZZ_TIME } from "../fuzz-time.ts";
import { deflatedZip, type Members, waczMembers, zipOf } from "../wacz-fixture.ts";

const sound = waczMembers();
const box = { numRuns: 1e7, interruptAfterTimeLimit: FUZZ_TIME };

async function look(bytes: Uint8Array): Promise<Verdict> {
  const verdict = await verify(new Blob([bytes as BlobPart]), { startHash: () => createHash("sha256") });
  // "storage" is what an error of no kind that we foresaw would be called.
  assert.ok(
    verdict.checks.every(({ code }) => code !== "storage"),
    JSON.stringify(verdict.checks),
  );
  return verdict;
}

test("one member mangled", async () => {
  const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(2000), fc.nat(40), fc.uint8Array({ maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(change, fc.boolean(), async ([which, at, length, instead], isDeflated) => {
      const members: Members = sound.map(([name, bytes], i) => {
        if (i !== which) return [name, bytes];
        const start = at % (bytes.length + 1);
        return [name, Uint8Array.from([...bytes.subarray(0, start), ...instead, ...bytes.subarray(start + length)])];
      });
      const { verdict } = await look(await (isDeflated ? deflatedZip(members, () => true) : zipOf(members)));
      // What stands beside the signature (who wrote it, in which version) may be changed: nothing counts on it here.
      const isSame = members.every(([name, bytes], i) => {
        return name === "datapackage-digest.json" || equal(bytes, sound[i]?.[1] as Uint8Array);
      });
      if (!isSame) assert.equal(verdict, "fails");
    }),
    box,
  );
});

test("some bytes of the file changed, or the file cut", async () => {
  const zip = await deflatedZip(sound, (name) => name.startsWith("pages/"));
  const change = fc.tuple(fc.nat(zip.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), fc.nat(4 * zip.length), async (changes, cut) => {
      const bytes = zip.slice(0, cut === 0 ? undefined : cut);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      await look(bytes);
    }),
    box,
  );
});
