/** Files whose proof, checkpoint, key or witnesses are not those of the act. */
import { parseNote, signNote } from "../../src/ledger/note.ts";
import { formatProof, parseProof } from "../../src/ledger/proof.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import type { SealedAct } from "../../src/record/act.ts";
import { parseSdJwt, serialise } from "../../src/record/sd-jwt.ts";
import { testSigner } from "../note-keys.ts";
import { ORIGIN, POLICY, prove, RECORD_KEY, seal, WITNESSES } from "../placard-fixture.ts";
import { type Case, changed, type Expected, HOLDS, honest, honestAct, swap } from "./case.ts";

/** Goes by the record's name, with a key of its own. */
const THIEF = testSigner(ORIGIN, 66);
/** Has the record's key, and goes by another name: another record, with a ledger of its own. */
const RENAMED = testSigner("placard/hollow-lane-annexe/0123456789abcdef", 1);
const STRANGER = testSigner("placard/somebody-else/fedcba9876543210", 67);
const sealed: SealedAct = parseSdJwt(honest.act);

export async function forgedLedgers(): Promise<readonly Case[]> {
  return [...(await proofs()), ...(await checkpoints()), ...(await records()), ...(await witnessed())];
}

async function proofs(): Promise<readonly Case[]> {
  const proof = parseProof(honest.proof);
  const another = await prove(seal({ act: "captured" }, "other"));
  const away: Expected = { fails: { ledger: "mismatch" } };
  const shape: Expected = { fails: { ledger: "malformed" } };
  const [first = new Uint8Array(), ...rest] = proof.hashes;
  const cases: Readonly<Record<string, readonly [proof: string, expected: Expected]>> = {
    "the proof of another act": [another.proof, away],
    "another act's hashes": [formatProof({ ...proof, hashes: parseProof(another.proof).hashes.toReversed() }), away],
    "another index": [formatProof({ ...proof, index: 6 }), away],
    "an index past the end": [formatProof({ ...proof, index: 8 }), shape],
    "a hash left out": [formatProof({ ...proof, hashes: rest }), shape],
    "a hash too many": [formatProof({ ...proof, hashes: [first, ...proof.hashes] }), shape],
    "extra data": [formatProof({ ...proof, extra: utf8("psst") }), { fails: { ledger: "unsupported" } }],
    "carriage returns in the proof": [swap(honest.proof, /\n/g, "\r\n"), shape],
    "base64 that is not canonical": [swap(honest.proof, /(.)=\n/, "B=\n"), shape],
    "another version of proof": [swap(honest.proof, "@v1", "@v2"), { fails: { ledger: "unsupported" } }],
    "a hundred signatures and one": [
      honest.proof + "— nobody.example/x AAAAAAAA\n".repeat(101),
      { fails: { ledger: "too_large" } },
    ],
  };
  return Promise.all(Object.entries(cases).map(([name, [proof, expected]]) => changed(name, { proof }, expected)));
}

async function checkpoints(): Promise<readonly Case[]> {
  const proof = parseProof(honest.proof);
  const note = parseNote(proof.checkpoint);
  const elsewhere = await prove(sealed, { signer: STRANGER });
  const unsigned: Expected = { fails: { checkpoint: "mismatch" } };
  const larger = swap(proof.checkpoint, "\n8\n", "\n9\n");
  return Promise.all([
    changed("the checkpoint of another log", { proof: elsewhere.proof }, unsigned),
    changed("a checkpoint signed by a thief", { proof: (await prove(sealed, { signer: THIEF })).proof }, unsigned),
    changed(
      "a checkpoint of another size",
      { proof: formatProof({ ...proof, checkpoint: larger }) },
      { fails: { ledger: "malformed", checkpoint: "mismatch" } },
    ),
    changed(
      "a checkpoint that only witnesses signed",
      { proof: formatProof({ ...proof, checkpoint: proof.checkpoint.replace(/— placard\/.*\n/, () => "") }) },
      unsigned,
    ),
    changed(
      "the signature of another checkpoint",
      {
        proof: formatProof({
          ...proof,
          checkpoint: signNote(note.text, [{ ...RECORD_KEY, sign: () => RECORD_KEY.sign(utf8("another")) }]),
        }),
      },
      unsigned,
    ),
  ]);
}

/** A whole record made anew holds by itself; only whom the reader trusts tells it from the real one. */
async function records(): Promise<readonly Case[]> {
  const stolen = seal(honestAct.act, "salt", THIEF);
  const whole = { act: serialise(stolen), vkey: THIEF.vkey, proof: (await prove(stolen, { signer: THIEF })).proof };
  const renamed = seal(honestAct.act, "salt", RENAMED);
  const annexe = {
    act: serialise(renamed),
    vkey: RENAMED.vkey,
    proof: (await prove(renamed, { signer: RENAMED })).proof,
  };
  const swapped: Expected = { fails: { signature: "mismatch", checkpoint: "mismatch" } };
  return Promise.all([
    changed("another key", { vkey: THIEF.vkey }, swapped),
    changed("a witness's key", { vkey: WITNESSES[0].vkey }, unusable("unsupported")),
    changed("a key with another name", { vkey: swap(honest.vkey, "hollow", "hallow") }, unusable("mismatch")),
    changed("an act signed by a thief", { act: whole.act }, { fails: { signature: "mismatch", ledger: "mismatch" } }),
    changed("a whole record made anew, without a policy", whole, HOLDS),
    changed("another record with the same key", annexe, { fails: { trust: "mismatch" }, policy: POLICY }),
    changed("a whole record made anew", whole, { fails: { trust: "mismatch" }, policy: POLICY }),
  ]);
}

function unusable(code: "unsupported" | "mismatch"): Expected {
  return { fails: { signature: code, checkpoint: code, trust: code } };
}

async function witnessed(): Promise<readonly Case[]> {
  const flipped = parseProof(honest.proof);
  const [north, south] = WITNESSES;
  const lying = await prove(sealed, { witnesses: [north, { ...south, sign: () => south.sign(utf8("another")) }] });
  const missing: Expected = { fails: { witnesses: "mismatch" }, policy: POLICY };
  const nobody = await prove(sealed, { witnesses: [] });
  const none = swap(POLICY, "quorum both", "quorum none");
  return Promise.all([
    changed("untouched, with a policy", {}, { ...HOLDS, policy: POLICY }),
    changed("untouched, with a policy that asks for no witness", {}, { ...HOLDS, policy: none }),
    changed("no witness where none is asked for", { proof: nobody.proof }, { ...HOLDS, policy: none }),
    changed("no witness", { proof: nobody.proof }, missing),
    changed("one witness of two", { proof: (await prove(sealed, { witnesses: [north] })).proof }, missing),
    changed("a cosignature of another checkpoint", { proof: lying.proof }, missing),
    changed("a cosignature of another checkpoint, without a policy", { proof: lying.proof }, HOLDS),
    changed(
      "a cosignature by nobody known",
      { proof: formatProof({ ...flipped, checkpoint: `${flipped.checkpoint}— nobody.example/x AAAAAAAA\n` }) },
      { ...HOLDS, policy: POLICY },
    ),
  ]);
}
