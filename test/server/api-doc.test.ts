import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { API_DOC, type ApiPaths, apiDoc, apiPaths, operationOf } from "../../scripts/api-doc.ts";
import { ACCESS } from "../../src/server/access.ts";

let paths: ApiPaths;
test.before(async () => {
  paths = await apiPaths();
});

test("the server says of every route what it does, and speaks of none that is not there", () => {
  for (const line of Object.keys(ACCESS)) assert.match(operationOf(paths, line)?.description ?? "", /^[^ ].+\.$/, line);
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
  );
  assert.deepEqual(described.toSorted(), Object.keys(ACCESS).toSorted());
});

test("docs/api.md is what scripts/api-doc.ts makes of it", () => {
  assert.equal(readFileSync(API_DOC, "utf8"), apiDoc(paths), "Run: node scripts/api-doc.ts");
});
