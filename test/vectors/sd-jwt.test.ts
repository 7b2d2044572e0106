/** Vectors for acts in a form another implementation can read; sd-jwt_valid.txt has RFC 9901's own examples. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fromHex } from "../../src/lib/bytes.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { decodeDisclosure, digestOf } from "../../src/record/disclosure.ts";
import { openAct, parseSdJwt } from "../../src/record/sd-jwt.ts";

interface Vector {
  readonly why: string;
  readonly parts: readonly string[];
}

function readVectors(name: string): { readonly publicKey: Uint8Array; readonly vectors: readonly Vector[] } {
  const vectors: Vector[] = [];
  let publicKey = new Uint8Array();
  let why = "";
  for (const line of readFileSync(join(import.meta.dirname, name), "utf8").split("\n")) {
    const parts = line.replaceAll("\\n", "\n").split("\t");
    if (line.startsWith("#")) why = line.slice(2);
    else if (parts[0] === "key") publicKey = fromHex(parts[1] as string, 32);
    else if (line !== "") vectors.push({ why, parts });
  }
  return { publicKey, vectors };
}

test("the RFC's disclosures and our acts open to what they should", () => {
  const { publicKey, vectors } = readVectors("sd-jwt_valid.txt");
  assert.ok(vectors.length >= 16);
  for (const { why, parts } of vectors) {
    const [kind, text = "", ...expected] = parts;
    if (kind === "disclosure") {
      const [digest, content = ""] = expected;
      const { name, value } = decodeDisclosure(text);
      assert.deepEqual([name, value], JSON.parse(content), why);
      if (digest !== "-") assert.equal(digestOf(text), digest, why);
    } else {
      assert.deepEqual(openAct(parseSdJwt(text), { publicKey }), JSON.parse(expected[0] as string), why);
    }
  }
});

test("what an act may not be is refused for the right reason", () => {
  const { publicKey, vectors } = readVectors("sd-jwt_invalid.txt");
  assert.ok(vectors.length >= 60);
  for (const { why, parts } of vectors) {
    const [code, text = ""] = parts;
    assert.throws(
      () => openAct(parseSdJwt(text), { publicKey }),
      (error) => isPlacardError(error) && assert.equal(error.code, code, `${why}: ${error.message}`) === undefined,
      why,
    );
  }
});
