import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { spoiledBody } from "../../../test/spoiled.ts";
import { openPending } from "../../lib/durable.ts";
import { HELD_BYTES, type RecordDraft, startRecord } from "./warc-record.ts";

const PIECE = 1000;
const draft: Omit<RecordDraft, "body"> = {
  type: "response",
  date: "2026-01-02T03:04:05.006Z",
  contentType: "application/http; msgtype=response",
  headers: [],
  head: Buffer.from("HTTP/1.1 200 OK\r\n\r\n"),
  blockDigest: "sha256:00",
  about: {},
};

test("a body of any length is packed as it came, though its pieces are good only until the next is asked for", async () => {
  const folder = mkdtempSync(join(tmpdir(), "placard-record-"));
  try {
    for (const length of [0, PIECE, 5000, 200_000, HELD_BYTES, HELD_BYTES + 1]) {
      for (const body of [randomBytes(length), Buffer.alloc(length, "The hedge on Hollow Lane, again. ")]) {
        const write = await startRecord({ ...draft, body: spoiledBody(body, PIECE) }, "<urn:uuid:0>", []);
        const file = await openPending(folder, { mode: 0o600, scratch: true });
        const path = join(folder, "record");
        const written = await write(file);
        await file.commit(path);
        const member = readFileSync(path);
        assert.equal(written, member.length);
        const block = gunzipSync(member).subarray(-(body.length + 4));
        assert.ok(block.equals(Buffer.concat([body, Buffer.from("\r\n\r\n")])), `${length} bytes`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
