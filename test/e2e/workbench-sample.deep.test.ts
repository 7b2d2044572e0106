/** The sample of day one: made, met everywhere as what it is, and removed. Three captures, which come last of all. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { looksRight, shotOf } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

let workbench: OpenWorkbench;

before(async () => {
  workbench = await openWorkbench({ allowPrivate: true });
});
after(() => workbench?.[Symbol.asyncDispose]());

test("the sample is made with one click by the way every post takes, marked wherever it is, and removed with one", async () => {
  const { page, complaints } = await workbench.visit("/");
  // Three captures, which come last of all.
  page.setDefaultTimeout(120_000);
  const sample = page.getByRole("region", { name: "Try it with a sample." });
  await looksRight(page, shotOf("home-sample"));
  await sample.getByRole("button", { name: "Make the sample" }).click();
  await sample.getByText(/^It is being made: /).waitFor();
  await sample.getByText("The sample is here.").waitFor();
  await sample.getByRole("link", { name: "Look at it" }).click();
  await page.locator(".exhibit-row").nth(2).waitFor();
  assert.equal(await page.locator(".exhibit-row .chip", { hasText: "Sample" }).count(), 3);
  await looksRight(page, shotOf("look-sample"));
  await page.getByRole("button", { name: "Show titles and links" }).click();
  await page.locator(".exhibit-row", { hasText: "sample.placard.invalid/p/1" }).getByRole("link").first().click();
  await page.getByText("This is a sample: invented, and evidence of nothing.").waitFor();
  await page.getByRole("button", { name: "Check it now" }).click();
  await page.getByRole("heading", { name: "This is a sample, and no evidence" }).waitFor();
  await looksRight(page, shotOf("exhibit-sample"));
  await page.getByRole("link", { name: "Make a placard" }).click();
  await page.getByRole("button", { name: "Show it" }).click();
  await page.frameLocator("iframe").getByText("Sample, no evidence").waitFor();
  // No frame goes while it is looked at.
  await page.locator("section[aria-busy=false] .preview").waitFor();
  await looksRight(page, shotOf("show-sample"));
  await page.getByRole("link", { name: "Placard", exact: true }).click();
  await sample.getByRole("button", { name: "Remove the sample" }).click();
  await sample.getByText("The sample is gone.").waitFor();
  for (const path of ["/look", "/save"]) {
    await page.goto(new URL(path, page.url()).href);
    await page.getByText("Nothing has been saved yet.").waitFor();
  }
  const audit = await workbench.house.house.record().audit();
  assert.equal(audit.verdict, "holds", JSON.stringify(audit.findings));
  assert.deepEqual(
    complaints.filter((text) => text.startsWith("stopped")),
    [],
  );
});
