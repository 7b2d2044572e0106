/** Saving, as a member does it: a link is pasted, shows itself step by step, and is sealed. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { looksRight } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

let forum: Forum;
let workbench: OpenWorkbench;

before(async () => {
  forum = await startForum();
  workbench = await openWorkbench({ allowPrivate: true });
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  await forum?.close();
});

test("a link is pasted and sealed; another is not captured, and says why; a reload shows both", async () => {
  const { page, complaints } = await workbench.open("/save");
  await looksRight(page);
  const missing = new URL("/nowhere", forum.postUrl(forum.samplePost)).href;
  await page.getByLabel("Links").fill(`${forum.postUrl(forum.samplePost)}\n${missing}`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const rows = page.locator(".saved-row");
  await rows.nth(1).waitFor();
  await rows.filter({ hasText: "Sealed" }).first().waitFor({ timeout: 60_000 });
  await rows.filter({ hasText: "Not captured" }).first().waitFor({ timeout: 60_000 });
  assert.equal(await page.getByLabel("Links").inputValue(), "");
  await looksRight(page);
  await page.reload();
  await rows.filter({ hasText: "Not captured: " }).waitFor();
  assert.match((await rows.filter({ hasText: "Sealed" }).textContent()) ?? "", /Look at it/);
  if (process.env["PLACARD_SHOTS"])
    await page.screenshot({ path: `${process.env["PLACARD_SHOTS"]}/save.png`, fullPage: true });
  assert.deepEqual(complaints, []);
});

test("on a phone, in the dark and from right to left it is the same screen", async () => {
  const { page, complaints } = await workbench.open("/save", { viewport: PHONE, colorScheme: "dark", locale: "he-IL" });
  await page.locator(".saved-row").first().waitFor();
  await looksRight(page);
  const overflows = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
  assert.equal(overflows, false, "it has to be scrolled sideways");
  if (process.env["PLACARD_SHOTS"])
    await page.screenshot({ path: `${process.env["PLACARD_SHOTS"]}/save-phone.png`, fullPage: true });
  assert.deepEqual(complaints, []);
});
