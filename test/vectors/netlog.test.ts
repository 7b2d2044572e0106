/** Recorded network logs: what is in them, that a log cut off anywhere is read as far as it goes, and what is refused. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Exchange } from "../../src/capture/netlog/exchange.ts";
import { type NetLogOptions, readNetLog } from "../../src/capture/netlog/read.ts";
import { isPlacardError } from "../../src/lib/error.ts";
import { parseLines } from "../websocket-lines.ts";

const valid = join(import.meta.dirname, "netlog");
const invalid = join(import.meta.dirname, "netlog_invalid");
const scratch = mkdtempSync(join(tmpdir(), "placard-netlog-"));
after(() => rmSync(scratch, { recursive: true }));

interface Seen {
  readonly line: string;
  readonly body: string;
  readonly truncated: boolean;
}

async function see(path: string, limits: NetLogOptions["limits"] = {}): Promise<{ seen: Seen[]; complete: boolean }> {
  await using log = await readNetLog(path, { scratch, limits });
  const seen: Seen[] = [];
  for (const one of log.exchanges) {
    seen.push({ line: lineOf(one), body: await textOf(one), truncated: one.truncated });
  }
  return { seen, complete: log.complete };
}

function lineOf(one: Exchange): string {
  return [one.protocol, one.method, new URL(one.url).pathname, one.status, one.error].join(" ").trim();
}

async function textOf(one: Exchange): Promise<string> {
  let text = "";
  for await (const piece of one.responseBody.chunks()) text += Buffer.from(piece).toString("latin1");
  return text.startsWith("<script>") ? "(page)" : text;
}

const EXPECTED: Readonly<Record<string, readonly Seen[]>> = {
  "http1.json": [
    { line: "http/1.1 GET / 200", body: "(page)", truncated: false },
    { line: "http/1.1 GET /moved 302", body: "gone", truncated: false },
    { line: "http/1.1 GET /twice 200", body: "twice", truncated: false },
    { line: "http/1.1 POST /post 200", body: "posted", truncated: false },
    { line: "http/1.1 GET /chunked 200", body: "5\r\nhello\r\n0\r\n\r\n", truncated: false },
    { line: "http/1.1 GET /cut 200 ERR_CONTENT_LENGTH_MISMATCH", body: "half", truncated: true },
    { line: "http/1.1 GET /none 204", body: "", truncated: false },
  ],
  "http2.json": [
    { line: "h2 GET / 200", body: "(page)", truncated: false },
    { line: "h2 GET /moved 302", body: "gone", truncated: false },
    { line: "h2 GET /twice 200", body: "twice", truncated: false },
    { line: "h2 POST /post 200", body: "posted", truncated: false },
    { line: "h2 GET /chunked 200", body: "posted", truncated: false },
    { line: "h2 GET /cut 200 ERR_HTTP2_PROTOCOL_ERROR", body: "half", truncated: true },
    { line: "h2 GET /none 204", body: "", truncated: false },
  ],
  "websocket.json": [
    { line: "http/1.1 GET / 200", body: "(page)", truncated: false },
    { line: "http/1.1 GET /talk 101", body: "", truncated: false },
  ],
};

for (const [name, expected] of Object.entries(EXPECTED)) {
  test(`${name} holds these exchanges`, async () => {
    assert.deepEqual(await see(join(valid, name)), { seen: expected, complete: true });
  });

  test(`${name} cut off anywhere gives the exchanges until there, the last ones marked truncated`, async () => {
    const whole = readFileSync(join(valid, name));
    const firstEvent = whole.indexOf('"events": [\n') + '"events": [\n'.length;
    const path = join(scratch, "cut.json");
    for (let length = firstEvent; length < whole.lastIndexOf("],"); length += 211) {
      writeFileSync(path, whole.subarray(0, length));
      const { seen, complete } = await see(path);
      assert.equal(complete, false);
      assert.ok(seen.length <= expected.length);
      for (const [index, one] of seen.entries()) {
        const { line, body, truncated } = expected[index] as Seen;
        assert.ok(body.startsWith(one.body) || one.truncated, `${one.line} at ${length}`);
        if (!one.truncated && !/ 0$| 0 /.test(one.line)) assert.deepEqual(one, { line, body, truncated });
      }
    }
  });
}

test("repeated headers, order, case and bytes outside ASCII stay as the server sent them", async () => {
  await using log = await readNetLog(join(valid, "http1.json"), { scratch });
  const twice = log.exchanges[2];
  assert.equal(
    Buffer.from(twice?.responseHead ?? []).toString("latin1"),
    "HTTP/1.1 200 OK\r\nX-A: 1\r\nSet-Cookie: a=1\r\nx-a: 2\r\nSet-Cookie: b=2\r\nX-Latin: \xfc\r\nContent-Length: 5\r\n\r\n",
  );
});

test("the messages of a WebSocket, both ways, and as far as they came where the log is cut off", async () => {
  const whole = readFileSync(join(valid, "websocket.json"));
  const said = async (length: number): Promise<readonly unknown[]> => {
    const path = join(scratch, "cut-talk.json");
    writeFileSync(path, whole.subarray(0, length));
    await using log = await readNetLog(path, { scratch });
    const messages = log.exchanges[1]?.messages;
    const lines = messages === undefined ? [] : await parseLines(messages);
    return lines.map(({ from, kind, text, base64, code }) => [from, kind, text ?? base64 ?? code].join(" "));
  };
  const all = [
    `server ping ${btoa("there?")}`,
    "server text Hello Hello Hello",
    `browser pong ${btoa("there?")}`,
    `server binary ${btoa("\x01\x02\x03")}`,
    "server text your turn",
    "browser text Grüße",
    `browser binary ${btoa("\0\0\0")}`,
    "browser close 4001",
    "server close 4001",
  ];
  assert.deepEqual(await said(whole.length), all);
  for (let length = whole.indexOf('"events": [') + 12; length < whole.length; length += 97) {
    const some = await said(length);
    assert.deepEqual(some, all.slice(0, some.length));
  }
});

for (const name of readdirSync(invalid)) {
  const [code = "", reason = ""] = name.replace(".json", "").split("--");
  test(`refused as ${code}: ${reason.replaceAll("-", " ")}`, async () => {
    await assert.rejects(see(join(invalid, name)), (error) => isPlacardError(error) && error.code === code);
    assert.deepEqual(
      readdirSync(scratch).filter((left) => left.startsWith(".tmp-")),
      [],
    );
  });
}

test("a log that is not there, and one beyond each limit, are refused by code", async () => {
  const path = join(valid, "http2.json");
  await assert.rejects(see(join(valid, "missing.json")), (error) => isPlacardError(error, "not_found"));
  for (const limits of [{ logBytes: 30_000 }, { lineBytes: 1000 }, { sources: 8 }, { headBytes: 2000 }]) {
    await assert.rejects(see(path, limits), (error) => isPlacardError(error, "too_large"), JSON.stringify(limits));
  }
});
