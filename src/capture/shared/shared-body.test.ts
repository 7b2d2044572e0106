/** What is shared of bodies whose pieces are good only until the next is asked for (src/lib/pieces.ts). */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { spoiledBody } from "../../../test/spoiled.ts";
import { copied } from "../../lib/pieces.ts";
import type { SpooledBytes } from "../netlog/exchange.ts";
import { Spool } from "../netlog/spool.ts";
import { Secrets } from "./collect.ts";
import { openSearch } from "./search.ts";
import { MARKER } from "./secret.ts";
import { shareBody, shareMessages } from "./shared-body.ts";

const folder = mkdtempSync(join(tmpdir(), "placard-shared-body-"));
after(() => rmSync(folder, { recursive: true }));
const SECRET = "lantern-4711-hedge";
const search = openSearch([{ kind: "credential", value: SECRET }]);

async function whole(body: SpooledBytes | undefined): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of copied(body?.chunks() ?? [])) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test("a body is rewritten as it came but for what is taken out, wherever a piece ends", async () => {
  await using spool = await Spool.open(folder);
  const text = Array.from({ length: 400 }, (_, i) => `line ${i} of Hollow Lane ${i % 7 === 0 ? SECRET : "x"};`).join(
    "",
  );
  const packed = gzipSync(text);
  for (const step of [1, 7, 100, 4096]) {
    const plain = { headers: [], body: spoiledBody(Buffer.from(text), step), chunked: false };
    const coded = { headers: [["Content-Encoding", "gzip"]] as const, body: spoiledBody(packed, step), chunked: false };
    for (const given of [plain, coded]) {
      const shared = await shareBody(given, search, spool);
      assert.equal(shared?.removed, 58);
      assert.equal(await whole(shared?.body), text.replaceAll(SECRET, MARKER));
    }
  }
});

test("of messages, lines stay whole wherever a piece ends", async () => {
  await using spool = await Spool.open(folder);
  const lines = Array.from({ length: 50 }, (_, i) => JSON.stringify({ n: i, text: i === 30 ? SECRET : "a hedge" }));
  const text = lines.map((line) => `${line}\n`).join("");
  for (const step of [1, 7, 100, 4096]) {
    const shared = await shareMessages(spoiledBody(Buffer.from(text), step), search, spool);
    assert.equal(shared?.removed, 1);
    assert.equal(await whole(shared?.body), text.replace(SECRET, MARKER));
  }
});

test("what is to be taken out is found in a text, wherever a piece ends", async () => {
  const text = `${"a quiet lane ".repeat(50)}{"access_token":"${SECRET}-0123456789"}${" and a hedge".repeat(50)}`;
  const found = async (step: number): Promise<unknown> => {
    const secrets = new Secrets();
    await secrets.addText(spoiledBody(Buffer.from(text), step).chunks());
    return [...secrets.all];
  };
  const expected = await found(text.length);
  assert.match(JSON.stringify(expected), /lantern-4711/);
  for (const step of [1, 7, 100]) assert.deepEqual(await found(step), expected);
});
