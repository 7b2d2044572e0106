import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { testSigner } from "../../test/note-keys.ts";
import { tinyLog } from "../../test/tiny-log.ts";
import { concat, utf8 } from "../lib/bytes.ts";
import { isPlacardError } from "../lib/error.ts";
import { sha256 } from "../lib/sha256.ts";
import { cosign } from "./cosignature.ts";
import { parseNote } from "./note.ts";
import { parsePolicy, quorumMet, witnessesOf } from "./policy.ts";

const signer = testSigner("log.example/hollow-lane", 1);
const witnesses = Array.from({ length: 6 }, (_, i) => testSigner(`witness.example/w${i}`, 10 + i, 4));
const lines = witnesses.map(({ vkey }, i) => `witness W${i} ${vkey}\n`).join("");

test("a policy says whom it trusts", () => {
  const policy = parsePolicy(
    `log ${signer.vkey} https://log.example/\n${lines}group g 2 W0 W1\nquorum g\n` +
      "#placard timestamp-authority tsa ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=\n",
  );
  assert.deepEqual(
    policy.logs.map(({ key, url }) => [key.name, url]),
    [[signer.name, "https://log.example/"]],
  );
  assert.equal(policy.witnesses.length, 6);
  assert.deepEqual(policy.groups, [{ name: "g", threshold: 2, members: ["W0", "W1"] }]);
  assert.equal(policy.quorum, "g");
  assert.deepEqual(policy.timestampAuthorities, [{ name: "tsa", sha256: sha256(utf8("a")) }]);
});

test("witnesses are told by the policy's names for them, with their times", async () => {
  const checkpoint = await tinyLog(signer).checkpoint(3);
  const text = parseNote(checkpoint).text;
  const note = parseNote(
    checkpoint + [2, 0, 5].map((i) => `${cosign(text, witnesses[i] as (typeof witnesses)[0], 100 + i)}\n`).join(""),
  );
  const policy = parsePolicy(`${lines}group g 3 W0 W2 W5\nquorum g\n`);
  const found = witnessesOf(policy, note);
  assert.deepEqual(
    [...found],
    [
      ["W0", 100],
      ["W2", 102],
      ["W5", 105],
    ],
  );
  assert.ok(quorumMet(policy, new Set(found.keys())));
});

test("a quorum of nested groups is met as counting says", () => {
  const subset = fc.subarray([0, 1, 2, 3, 4, 5]);
  fc.assert(
    fc.property(fc.nat(2), fc.nat(2), fc.nat(1), subset, (i, j, m, there) => {
      const [a, b, both] = [i + 1, j + 1, m + 1];
      const policy = parsePolicy(
        `${lines}group a ${a} W0 W1 W2\ngroup b ${b} W3 W4 W5\ngroup c ${both} a b\nquorum c\n`,
      );
      const [left, right] = [there.filter((i) => i < 3).length >= a, there.filter((i) => i >= 3).length >= b];
      assert.equal(quorumMet(policy, new Set(there.map((i) => `W${i}`))), Number(left) + Number(right) >= both);
    }),
  );
});

test("names are octets: what is not UTF-8 is a name too, and equal to none but itself", () => {
  const quorums = [[0xc3, 0xa9], [0xe9], [0xc3]].map((name) => parsePolicy(withQuorum(...name)));
  assert.equal(new Set(quorums[0]?.witnesses.map(({ name }) => name)).size, 3);
  for (const [i, { quorum, witnesses: found }] of quorums.entries()) assert.equal(quorum, found[i]?.name);
  assert.throws(() => parsePolicy(withQuorum(0xa9)), is("malformed"));
  // A remark in another encoding hurts nobody.
  assert.equal(parsePolicy(concat(utf8("# "), Uint8Array.of(0xe9, 0xff), utf8("\nquorum none\n"))).quorum, "none");
});

test("a hundred witnesses in nested groups are taken, a file past 1 MiB is not", () => {
  const many = Array.from({ length: 100 }, (_, i) => testSigner(`w${i}.example`, 100 + i, 4));
  const groups = many.map((_, i) => `group g${i} all W${i}${i === 0 ? "" : ` g${i - 1}`}\n`).join("");
  const policy = parsePolicy(`${many.map(({ vkey }, i) => `witness W${i} ${vkey}\n`).join("")}${groups}quorum g99\n`);
  const names = policy.witnesses.map(({ name }) => name);
  assert.ok(quorumMet(policy, new Set(names)));
  assert.ok(!quorumMet(policy, new Set(names.slice(1))));
  assert.throws(() => parsePolicy(`#${"x".repeat(1 << 20)}\nquorum none\n`), is("too_large"));
});

/** Witnesses named é in UTF-8, é in Latin-1, and by an octet that begins a character without end. */
function withQuorum(...octets: readonly number[]): Uint8Array {
  const lines = concat(named([0xc3, 0xa9], 0), named([0xe9], 1), named([0xc3], 2));
  return concat(lines, utf8("quorum "), Uint8Array.from(octets), utf8("\n"));
}

function named(name: readonly number[], i: number): Uint8Array {
  return concat(utf8("witness "), Uint8Array.from(name), utf8(` ${witnesses[i]?.vkey}\n`));
}

function is(code: "malformed" | "too_large") {
  return (error: unknown): boolean => isPlacardError(error, code);
}
