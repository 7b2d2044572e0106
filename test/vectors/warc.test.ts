/** WARC files that others made, through the reader our tests use: what holds is seen to hold, what is broken is seen to be. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hasDigest, readWarc } from "../read-warc.ts";

const folder = join(import.meta.dirname, "../../../shared/vectors/warc");

/** Types of the records in order, and whether every stated block digest holds. */
const FILES: Readonly<Record<string, { readonly types: string; readonly digests: "hold" | "fail" | "none" }>> = {
  "example-iana.org-chunked.warc": { types: "warcinfo response request", digests: "hold" },
  "example-resource.warc.gz": { types: "resource", digests: "hold" },
  "example-url-agnostic-revisit.warc.gz": { types: "warcinfo revisit", digests: "none" },
  "example-wget-bad-target-uri.warc.gz": {
    types: "warcinfo request response metadata resource resource",
    digests: "hold",
  },
  "example.warc": { types: "warcinfo warcinfo response request revisit request metadata", digests: "hold" },
  "example.warc.gz": { types: "warcinfo warcinfo response request revisit request", digests: "hold" },
  "post-test-more.warc": { types: "response request response request response request", digests: "hold" },
  "post-test.warc.gz": { types: "response request response request response request", digests: "hold" },
  "redirect.warc": { types: "response request", digests: "hold" },
  "example-bad-length.warc": { types: "warcinfo warcinfo response request revisit request", digests: "fail" },
};

for (const [name, { types, digests }] of Object.entries(FILES)) {
  const path = join(folder, name);
  const missing = !existsSync(path) && process.env["CI"] === undefined;
  test(`${name}: block digests ${digests}`, { skip: missing ? `${path} is not here` : false }, async () => {
    const records = await readWarc(path);
    assert.equal(records.map((one) => one.type).join(" "), types);
    const stated = records.filter((one) => one.header("WARC-Block-Digest") !== undefined);
    assert.equal(stated.length > 0, digests !== "none");
    for (const one of stated) {
      assert.equal(hasDigest(one.block, one.header("WARC-Block-Digest") as string), digests === "hold", `${one.url}`);
    }
  });
}
