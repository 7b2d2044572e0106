import assert from "node:assert/strict";
import { test } from "node:test";
import { findBrowser } from "./browser.ts";

test("no variable is new to the browser while its threads read them: each that it sets is there before", async () => {
  const found = await findBrowser({ configured: process.execPath, cacheFolder: "unused", variables: { PATH: "/bin" } });
  assert.deepEqual(found.env, { PATH: "/bin", FC_FONTATIONS: "1" });
});

test("a configured browser that is not there is an error, and no other is taken for it", async () => {
  const found = findBrowser({ configured: "/no/such/browser", cacheFolder: "unused", variables: {} });
  await assert.rejects(found, { code: "no_browser", message: /\/no\/such\/browser/ });
});
