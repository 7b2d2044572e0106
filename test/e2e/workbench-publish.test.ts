/** From a sealed post to the public on screens: one prepares, another agrees, either takes it back. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { NOTE } from "../server/on-the-way.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";
import { looksRight, shotOf } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE, secondMember } from "./workbench-house.ts";

let workbench: OpenWorkbench;
let second: string;

before(async () => {
  workbench = await openWorkbench();
  second = await secondMember(workbench);
});
after(() => workbench?.[Symbol.asyncDispose]());

const state = (page: Page, words: RegExp) => page.getByRole("status").getByText(words).waitFor();
const gate = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });

test("one prepares, another agrees, it is published, corrected by two and withdrawn by one", async () => {
  const { house } = workbench;
  const [id = ""] = await sealPosts(house.folder, [{ ...POST, postText: "Take your hollow lanterns home." }]);
  const record = house.house.record();
  const owner = house.accounts.members.list().find(({ role }) => role === "owner")?.actor ?? "";
  const { page, complaints } = await workbench.open(`/look/${id}`);
  await page.getByRole("link", { name: "For the public" }).click();
  await state(page, /^A draft$/);
  await page.getByText("Nobody has said yet what of it").waitFor();
  await looksRight(page, shotOf("publish-draft"));
  await record.redacting.seal(id, { fields: ["author"] }, owner);
  await page.reload();
  await page.getByRole("button", { name: "I have looked at what is left" }).click();
  await state(page, /^The redaction is checked$/);
  const note = gate(page, "Why the public should know");
  await note.getByLabel("Why should the public know of this?").fill(NOTE);
  await note.getByLabel("More words to mask").fill("hollow");
  await note.getByRole("button", { name: "Write it down" }).click();
  await state(page, /^Waits for a second person$/);
  await page.getByText("You had a hand in it").waitFor();
  assert.equal(await page.getByText("hollow").count(), 0, "words are covered until asked for");
  await note.getByRole("button", { name: "Show" }).first().click();
  await note.getByText("Take your h··· lanterns home.").waitFor();
  await looksRight(page, shotOf("publish-waits"));

  const other = await workbench.open(`/look/${id}/public`, { as: second, viewport: PHONE });
  await other.page.getByRole("button", { name: "I agree to all of it" }).click();
  await state(other.page, /^Agreed, not published$/);
  await looksRight(other.page, shotOf("publish-agreed-phone"));
  await other.page.getByRole("button", { name: "Publish it" }).click();
  await state(other.page, /^Public since /);

  await page.reload();
  const corrections = page.getByRole("region", { name: "Corrections" });
  await corrections.getByLabel("What was wrong, and what is right?").fill("It was posted a day before.");
  await corrections.getByLabel("How did that come about?").fill("The page names no zone.");
  await corrections.getByRole("button", { name: "Propose a correction" }).click();
  await corrections.getByText("Not public until another member agrees").waitFor();
  assert.equal(await corrections.getByRole("button", { name: "I agree" }).count(), 0);
  await other.page.reload();
  await other.page.getByRole("button", { name: "I agree to this correction" }).click();
  await other.page
    .getByRole("region", { name: "Corrections" })
    .getByText(/^Public since /)
    .waitFor();

  await page
    .getByRole("combobox", { name: "For what reason?" })
    .last()
    .selectOption({ label: "It is being looked at again." });
  await page.getByRole("button", { name: "Withdraw it" }).click();
  await state(page, /^Withdrawn /);
  await page.getByText("It is being looked at again.").waitFor();
  await looksRight(page, shotOf("publish-withdrawn"));
  assert.equal((await record.publications.of(id)).isPublic, false);
  assert.deepEqual([...complaints, ...other.complaints], []);
});

test("a hold keeps it back at once, and is let go of with a reason", async () => {
  const { house } = workbench;
  const [id = ""] = await sealPosts(house.folder, [POST]);
  const { page, complaints } = await workbench.visit(`/look/${id}/public`, { viewport: PHONE, colorScheme: "dark" });
  const holds = page.getByRole("region", { name: "Held back" });
  await holds.getByLabel("For what reason?").selectOption({ label: "Comment sought" });
  await holds.getByText("Whoever is named was asked").waitFor();
  await holds.getByLabel("Until").fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
  await holds.locator("textarea[name=why]").fill("They were written to.");
  await holds.getByRole("button", { name: "Hold it back" }).click();
  await holds.getByText(/Until \S*\d/).waitFor();
  await looksRight(page, shotOf("publish-held-dark"));
  await holds.getByLabel("Why it is over").fill("They answered.");
  await holds.getByRole("button", { name: "Let go of it" }).click();
  await holds.getByText("Nothing holds it back.").waitFor();
  assert.deepEqual(complaints, []);
});
