import assert from "node:assert/strict";
import { test } from "node:test";
import { testSigner } from "../../test/note-keys.ts";
import { tinyLog } from "../../test/tiny-log.ts";
import { toBase64 } from "../lib/bytes.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { EMPTY_ROOT } from "./merkle.ts";
import { parseNote, parseVerifierKey, signNote } from "./note.ts";
import { formatAddCheckpoint, parseAddCheckpoint, witnessDecision } from "./witness.ts";

const signer = testSigner("log.example/hollow-lane", 1);
const stranger = testSigner("log.example/hollow-lane", 2);
const log = tinyLog(signer);
const view = (size: number, root: Uint8Array) => ({
  keysOf: (origin: string) => (origin === signer.name ? [parseVerifierKey(signer.vkey)] : []),
  latestOf: (origin: string) => (origin === signer.name && size > 0 ? { size, root } : undefined),
});
const decide = async (known: number, body: string): Promise<number> =>
  witnessDecision(body, view(known, (await log.head(known)).root)).status;

test("a request is written as tlog-witness shows it, and read back", async () => {
  const checkpoint = await log.checkpoint(7);
  const proof = await log.consistency(3, 7);
  const body = formatAddCheckpoint({ oldSize: 3, proof, checkpoint });
  assert.equal(body, `old 3\n${proof.map((hash) => `${toBase64(hash)}\n`).join("")}\n${checkpoint}`);
  assert.deepEqual(parseAddCheckpoint(body), { oldSize: 3, proof, checkpoint });
});

test("the example of tlog-witness is read", () => {
  const { oldSize, proof, checkpoint } = parseAddCheckpoint(`old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`);
  const note = parseNote(checkpoint);
  assert.deepEqual([oldSize, proof.length, note.signatures.length], [20852014, 4, 2]);
  assert.equal(parseCheckpoint(note.text).size, 20852163);
});

test("each request gets the answer that tlog-witness has for it", async () => {
  const checkpoint = await log.checkpoint(7);
  const good = formatAddCheckpoint({ oldSize: 3, proof: await log.consistency(3, 7), checkpoint });
  const empty = async (oldSize: number, size: number): Promise<string> =>
    formatAddCheckpoint({ oldSize, proof: [], checkpoint: await log.checkpoint(size) });
  const signed = (text: string, by = signer): string =>
    formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: signNote(text, [by]) });
  const root = toBase64((await log.head(7)).root);
  const table: readonly (readonly [why: string, known: number, body: string, status: number])[] = [
    ["it extends what the witness knows", 3, good, 200],
    ["the first checkpoint, without proof", 0, await empty(0, 7), 200],
    ["an empty log", 0, await empty(0, 0), 200],
    ["the checkpoint it has cosigned already", 7, await empty(7, 7), 200],
    ["nothing", 0, "", 400],
    ["no old size", 3, good.slice(good.indexOf("\n") + 1), 400],
    ["an old size with a leading zero", 3, good.replace("old 3", "old 03"), 400],
    ["a hash that is none", 3, good.replace("\n", "\nAAAA\n"), 400],
    ["64 hashes", 3, good.replace("\n", `\n${`${root}\n`.repeat(64)}`), 400],
    ["no checkpoint", 3, good.slice(0, good.indexOf("log.example")), 400],
    ["an old size past the checkpoint's", 8, await empty(8, 7), 400],
    ["another log", 0, signed(`other.example\n7\n${root}\n`), 404],
    ["another log, that is not even signed by its key", 0, signed(`other.example\n7\n${root}\n`, stranger), 404],
    ["a stranger's signature", 0, signed(`${signer.name}\n7\n${root}\n`, stranger), 403],
    ["a signature over another size", 0, (await empty(0, 7)).replace("\n7\n", "\n8\n"), 403],
    ["an old size below what the witness knows", 5, good, 409],
    ["an old size where the witness knows nothing", 0, good, 409],
    ["no proof", 3, await empty(3, 7), 422],
    ["a proof from nothing", 0, good.replace("old 3", "old 0"), 422],
    ["a hash of the proof changed", 3, good.replace(/\n[^\n]+/, `\n${root}`), 422],
    ["a proof between equal sizes", 7, good.replace("old 3", "old 7"), 422],
    [
      "another root at the same size",
      7,
      formatAddCheckpoint({
        oldSize: 7,
        proof: [],
        checkpoint: signNote(`${signer.name}\n7\n${toBase64(EMPTY_ROOT)}\n`, [signer]),
      }),
      422,
    ],
    ["an empty log with the root of another", 0, signed(`${signer.name}\n0\n${root}\n`), 422],
  ];
  for (const [why, known, body, status] of table) assert.equal(await decide(known, body), status, why);
});
