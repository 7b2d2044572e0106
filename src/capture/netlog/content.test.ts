import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { keptExchange } from "../../../test/kept-exchange.ts";
import { contentWhole } from "./content.ts";

const TEXT = Buffer.from(Array.from({ length: 900 }, (_, i) => `Lantern ${i} on Hollow Lane. `).join(""));
const URL = "https://townsquare.example/lanterns";

test("a content held whole is the one that came, coded, in chunks or as it is", async () => {
  const framed = Buffer.concat([Buffer.from(`${TEXT.length.toString(16)}\r\n`), TEXT, Buffer.from("\r\n0\r\n\r\n")]);
  const exchanges = [
    keptExchange(URL, TEXT),
    keptExchange(URL, framed, { responseHeaders: [["Transfer-Encoding", "chunked"]] }),
    keptExchange(URL, gzipSync(TEXT), { responseHeaders: [["Content-Encoding", "gzip"]] }),
  ];
  for (const exchange of exchanges) assert.ok(TEXT.equals(await contentWhole(exchange, TEXT.length)));
});
