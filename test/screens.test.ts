/** No screen is forgotten where all of them are looked at: each route of the workbench is in their list. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SCREENS, STRANGERS } from "./e2e/screens.ts";

const ROUTES = join(import.meta.dirname, "../src/workbench/routes.ts");
const NOBODY = { ids: ["x", "x", "x"], invitation: "x", recovery: "x", arriving: "x", receipt: "x", question: "x" };

test("each route of the workbench, and the form for strangers, is among the screens that are looked at", () => {
  const routes = [...readFileSync(ROUTES, "utf8").matchAll(/^ {2}path: "([^"]+)",$/gm)].map(([, path = ""]) => path);
  const made = readFileSync(ROUTES, "utf8").match(/createRoute\(\{/g)?.length ?? 0;
  // Two have no address of their own: what members share, and strangers.
  assert.equal(routes.length, made - 2, "routes are told by the lines that give their paths");
  const opened = new Set(
    [...SCREENS, ...STRANGERS].map(({ path }) => new URL(path(NOBODY), "http://localhost").pathname),
  );
  const missing = [...routes, "/send"].filter((route) => !opened.has(route.replaceAll(/\$\w+/g, "x")));
  assert.deepEqual(missing, []);
});
