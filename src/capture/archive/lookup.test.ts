/** The addresses under which replay tools look up what is no GET, whatever a page sends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { spoiledBody } from "../../../test/spoiled.ts";
import { utf8 } from "../../lib/bytes.ts";
import type { Exchange } from "../netlog/exchange.ts";
import { lookupOf } from "./lookup.ts";

function request(method: string, contentType: string | undefined, body: Uint8Array): Exchange {
  return {
    url: "https://townsquare.example/api?a=1",
    method,
    requestHeaders: contentType === undefined ? [] : [["Content-Type", contentType]],
    requestBody: spoiledBody(body, 10),
  } as unknown as Exchange;
}

test("a GET is looked up by its own address", async () => {
  assert.equal(await lookupOf(request("GET", undefined, utf8(""))), undefined);
});

test("forms and JSON become part of the address", async () => {
  assert.deepEqual(await lookupOf(request("POST", "application/x-www-form-urlencoded", utf8("post=7&page=2"))), {
    url: "https://townsquare.example/api?a=1&__wb_method=POST&post=7&page=2",
    requestBody: "post=7&page=2",
  });
  assert.deepEqual(await lookupOf(request("PUT", "application/json", utf8('{"post":{"id":7},"tags":["a","b"]}'))), {
    url: "https://townsquare.example/api?a=1&__wb_method=PUT&id=7&tags=a&tags.2_=b",
    requestBody: "id=7&tags=a&tags.2_=b",
  });
});

test("nothing a page sends keeps us from writing the rest down", async () => {
  const kinds = ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=b", "x/y", ""];
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map(utf8),
    fc.string().map((text) => utf8(`--b\r\nContent-Disposition: form-data; name="${text}"\r\n\r\n${text}\r\n--b--`)),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...kinds), bodies, async (kind, body) => {
      const found = await lookupOf(request("POST", kind, body));
      assert.ok(found !== undefined && found.url.length < 10_000);
      assert.ok(found.url.startsWith("https://townsquare.example/api?a=1"));
    }),
    { numRuns: 500 },
  );
  const deep = utf8(`${"[".repeat(200_000)}1${"]".repeat(200_000)}`);
  assert.ok((await lookupOf(request("POST", "application/json", deep))) !== undefined);
  const long = utf8("a=".padEnd(2 << 20, "b"));
  assert.ok(((await lookupOf(request("POST", "application/x-www-form-urlencoded", long)))?.url.length ?? 0) < 10_000);
});
