/** Finding as a member does it: tags, who saved it, many at once, kept searches, charts, and all of it by keys. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { good } from "../server/house.ts";
import { POST, sealActs } from "../server/sealed-exhibits.ts";
import { keysOf } from "./by-keys.ts";
import { looksRight } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

let workbench: OpenWorkbench;

before(async () => {
  workbench = await openWorkbench();
  const platforms = ["Townsquare", "Townsquare", "Chatter", "Lantern"];
  await sealActs(
    workbench.house.folder,
    Array.from({ length: 12 }, (_, i) => ({
      ...POST,
      title: `Notice ${i + 1}`,
      platform: platforms[i % 4] as string,
      actor: i < 4 ? "actor-one" : "actor-two",
      postedAt: new Date(Date.UTC(2026, 1, 2 + ((i * i) % 40), (i * 5) % 24)).toISOString(),
    })),
  );
});
after(() => workbench?.[Symbol.asyncDispose]());

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env["PLACARD_SHOTS"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test("by keys alone: through the list, chosen, opened, and back to the words", async () => {
  const { page, complaints } = await workbench.visit("/find");
  await page.locator(".exhibit-row").nth(11).waitFor();
  const focused = () =>
    page.evaluate(() => {
      const row = document.activeElement?.closest(".exhibit-row") ?? null;
      return [...document.querySelectorAll(".exhibit-row")].findIndex((one) => one === row);
    });
  await page.keyboard.press("j");
  assert.equal(await focused(), 0);
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), 2);
  await page.keyboard.press("X");
  await page.getByText(/3.? chosen/).waitFor();
  await page.keyboard.press("k");
  assert.equal(await focused(), 1);
  await page.keyboard.press("?");
  await page.getByRole("heading", { name: "Keys" }).waitFor();
  await looksRight(page);
  await shot(page, "find-keys");
  await page.keyboard.press("Escape");
  await page.getByText(/3.? chosen/).waitFor();
  await page.keyboard.press("Escape");
  await page.getByText(/3.? chosen/).waitFor({ state: "detached" });
  await page.keyboard.press("/");
  await page.keyboard.type("jxk?");
  assert.equal(await page.getByLabel("Words to look for").inputValue(), "jxk?", "in a field a key is a letter");
  await page.getByLabel("Words to look for").fill("");
  await page.getByLabel("Words to look for").blur();
  await page.locator(".exhibit-row").nth(11).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/look\/PLC-/);
  assert.deepEqual(complaints, []);
});

test("many are tagged at once, found by it, and told so each by itself", async () => {
  const { page, complaints } = await workbench.visit("/find");
  await page.getByLabel("Saved by").selectOption("actor-one");
  await page.waitForURL(/actor=actor-one/);
  await page.getByRole("button", { name: /Choose all .4. that match/ }).click();
  await page.getByText(/4.? chosen/).waitFor();
  await looksRight(page);
  await shot(page, "find-many");
  await page.getByRole("button", { name: "Tag them" }).click();
  const tag = page.getByRole("dialog").getByLabel("Tag");
  await tag.fill("march");
  await looksRight(page);
  // No answer comes: what was typed is there again, also after the page was left, until it is done.
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Add the tag" }).click();
  await page.getByText(/Stopped\. .?0.? of .?4.? are done/).waitFor();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Tag them" }).click();
  assert.equal(await tag.inputValue(), "march");
  await page.reload();
  await page.getByRole("button", { name: /Choose all .4. that match/ }).click();
  await page.getByRole("button", { name: "Tag them" }).click();
  assert.equal(await tag.inputValue(), "march");
  await page.getByRole("button", { name: "Add the tag" }).click();
  await page.getByText(/All .?4.? are done/).waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Tag them" }).click();
  assert.equal(await tag.inputValue(), "");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Put in a case" }).click();
  await page.getByRole("dialog").getByLabel("Case").fill("Spring");
  await page.getByRole("button", { name: "Put in it" }).click();
  await page.getByText(/All .?4.? are done/).waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Clear all" }).click();
  await page.getByLabel("Tag", { exact: true }).selectOption("march");
  await page.waitForURL(/tag=march/);
  // The list of before stays until the new one has come.
  await page.locator(".exhibit-row").nth(4).waitFor({ state: "detached" });
  assert.equal(
    await page
      .locator(".exhibit-row")
      .getByText(/Tagged: .?march/)
      .count(),
    4,
  );
  await page.getByRole("button", { name: "Look at them again" }).click();
  await page.getByText(/All .?4.? will be looked at again/).waitFor();
  await shot(page, "find-again");
  await page.getByRole("button", { name: "Close" }).click();
  const proofs = page.waitForEvent("download");
  await page.getByRole("button", { name: "Hand out the proofs" }).click();
  assert.equal((await proofs).suggestedFilename(), "proofs.zip");
  await shot(page, "find-tagged");
  await page.locator(".exhibit-link").first().click();
  await page.getByRole("heading", { name: "Tags" }).waitFor();
  await page.locator("summary", { hasText: "Change tags or case" }).click();
  await page.getByLabel("Add a tag").fill("school");
  await page.getByLabel("Put in a case").fill("Autumn");
  await page.reload();
  await page.getByLabel("Put in a case").waitFor();
  assert.equal(await page.getByLabel("Put in a case").inputValue(), "Autumn");
  await page.getByLabel("Put in a case").fill("");
  assert.equal(await page.getByLabel("Add a tag").inputValue(), "school");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("link", { name: "school" }).waitFor();
  assert.equal(await page.getByLabel("Add a tag").inputValue(), "");
  await looksRight(page);
  await shot(page, "exhibit-tags");
  await page.getByRole("button", { name: /Take off .?school/ }).click();
  await page.getByRole("link", { name: "school" }).waitFor({ state: "detached" });
  await page.getByText(/No longer tagged: school/).waitFor();
  assert.deepEqual(
    complaints.filter((text) => !text.includes("ERR_INTERNET_DISCONNECTED")),
    [],
  );
});

test("the cases there are, each with how much is in it, lead to their posts; by keys", async () => {
  const { page, complaints } = await workbench.visit("/find");
  const keys = keysOf(page);
  await keys.enter(page.getByRole("link", { name: "All cases" }));
  await page.waitForURL(/\/cases$/);
  const spring = page.getByRole("list", { name: "Cases." }).getByRole("listitem");
  await spring.getByText(/4.? posts · last saved/).waitFor();
  assert.equal(await spring.count(), 1);
  await looksRight(page);
  const dossier = page.getByRole("button", { name: /^Dossier of the case .?Spring.?, as a page/ });
  const [made] = await Promise.all([page.waitForEvent("download"), keys.enter(dossier)]);
  assert.equal(made.suggestedFilename(), "placard-dossier.html");
  await page.getByText(/^Done: .?placard-dossier\.html/).waitFor();
  await shot(page, "cases");
  await keys.enter(page.getByRole("button", { name: /^Rename the case .?Spring/ }));
  await page.getByRole("dialog").getByLabel("New name").waitFor();
  await keys.type(page.getByLabel("New name"), "Bins, spring");
  await page.keyboard.press("Enter");
  await page.getByText(/^All .?4.? are done/).waitFor();
  await page.getByRole("link", { name: "Bins, spring" }).waitFor();
  assert.equal(await spring.count(), 1, "no post is left in the other");
  assert.match((await page.locator("*:focus").textContent()) ?? "", /^The case .?Spring.? becomes .?Bins, spring/);
  await shot(page, "case-renamed");
  await keys.enter(page.getByRole("button", { name: "Close" }));
  assert.equal(await page.locator("*:focus").textContent(), "Cases.");
  // One of that name is there: asked for before, and not done where that is not wanted.
  const { house, cookie } = workbench;
  const { exhibits } = (await (await good(await house.ask("/api/exhibits", { cookie }))).json()) as {
    readonly exhibits: readonly { readonly id: string; readonly caseName: string | null }[];
  };
  const other = exhibits.find(({ caseName }) => caseName === null)?.id ?? "";
  const put = async (name: string | null): Promise<void> => {
    const json = { ids: [other], case: name };
    await good(await house.ask("/api/filings", { method: "POST", cookie, json }));
  };
  await put("Spring");
  await page.reload();
  const renaming = page.getByRole("button", { name: /^Rename the case .?Bins/ });
  await keys.enter(renaming);
  await keys.type(page.getByLabel("New name"), "Spring");
  await page.keyboard.press("Enter");
  await page.getByText(/There is a case .?Spring.? already\. One post is in it/).waitFor();
  await looksRight(page);
  await shot(page, "cases-together");
  await page.getByRole("button", { name: "Choose another name" }).click();
  await page.keyboard.press("Escape");
  assert.equal(await spring.count(), 2);
  await renaming.click();
  await page.getByLabel("New name").fill("Spring");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Put both together" }).click();
  await page.getByText(/^All .?4.? are done/).waitFor();
  await spring.getByText(/5.? posts · last saved/).waitFor();
  assert.equal(await spring.count(), 1);
  await put(null);
  await keys.enter(spring.getByRole("link", { name: "Spring" }));
  await page.waitForURL(/\/find\?case=Spring/);
  await page.waitForFunction(() => document.querySelectorAll(".exhibit-row").length === 4);
  assert.deepEqual(complaints, []);
});

test("a search is kept, shared, named anew, come back to, and deleted", async () => {
  const { page, complaints } = await workbench.visit("/find?tag=march&text=notice&from=2026-02-03&by=posted");
  await page.getByLabel("Order").selectOption({ label: "Last posted first" });
  await page.waitForURL(/sort=posted/);
  await page.locator("summary", { hasText: "Kept searches" }).click();
  await page.getByLabel("Name of this search").fill("The march");
  await page.getByLabel("Show it to the group").check();
  await page.getByRole("button", { name: "Keep this search" }).click();
  await page.getByRole("link", { name: "The march" }).waitFor();
  await looksRight(page);
  await shot(page, "find-kept");
  await page.getByRole("button", { name: /Rename .?The march/ }).click();
  await page.getByLabel("Name of this search").first().fill("March, spring");
  await page.getByRole("button", { name: "Save the name" }).click();
  const { page: again } = await workbench.open("/find");
  await again.locator("summary", { hasText: "Kept searches" }).click();
  await again.getByRole("link", { name: "March, spring" }).click();
  await again.waitForURL(/(?=.*tag=march)(?=.*by=posted)(?=.*sort=posted)/);
  await again.locator(".exhibit-row").nth(3).waitFor({ state: "detached" });
  assert.equal(await again.locator(".exhibit-row").count(), 3, "one was posted before, and saved after that day");
  assert.equal(await again.getByLabel("Which time").inputValue(), "posted");
  assert.equal(await again.getByLabel("Words to look for").inputValue(), "notice");
  await again.getByRole("button", { name: /Delete the search .?March, spring/ }).click();
  await again.getByRole("link", { name: "March, spring" }).waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
});

test("charts are drawn of what the list holds, with days that were noted, and said in words and tables", async () => {
  const { page, complaints } = await workbench.visit("/find?sort=posted");
  await page.locator(".exhibit-row").first().getByText("Posted ⁨10 March 2026").waitFor();
  await page.getByLabel("Order").selectOption({ label: "Last saved first" });
  await page.locator(".exhibit-row").first().getByText("Posted ⁨3 February 2026").waitFor();
  await page.getByRole("link", { name: "Show as charts" }).click();
  await page.waitForURL(/view=charts/);
  await page.getByText(/12.* of .*12.* posts say when they were posted/).waitFor();
  await page.getByLabel(/^On/).fill("2026-02-14");
  await page.getByRole("textbox", { name: "What happened" }).fill("The march");
  await page.getByRole("button", { name: "Note it" }).click();
  await page.locator(".chart-mark").waitFor({ state: "attached" });
  await page.locator(".occasion", { hasText: "The march" }).waitFor();
  await page.locator("summary", { hasText: "The same as a table" }).first().click();
  await looksRight(page, process.env["PLACARD_SHOTS"] ? { shot: `${process.env["PLACARD_SHOTS"]}/charts` } : {});
  await page.getByLabel("Platform", { exact: true }).selectOption("Chatter");
  await page.getByText(/3.* of .*3.* posts say when/).waitFor();
  assert.deepEqual(complaints, []);
});

test("on a phone, and from right to left", async () => {
  const { page, complaints } = await workbench.visit("/find?view=charts", { viewport: PHONE });
  await page.locator(".chart-bar").first().waitFor({ state: "attached" });
  await looksRight(page, process.env["PLACARD_SHOTS"] ? { shot: `${process.env["PLACARD_SHOTS"]}/charts-phone` } : {});
  await page.goto(new URL("/find?tag=march", page.url()).href);
  await page.locator(".exhibit-row").first().waitFor();
  await looksRight(page);
  await shot(page, "find-phone");
  await page.request.patch(new URL("/api/me/preferences", page.url()).href, {
    data: { language: "he" },
    headers: { origin: new URL(page.url()).origin },
  });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(new URL("/find?view=charts", page.url()).href);
  await page.getByText("שבוע אחר שבוע").waitFor();
  await looksRight(page, process.env["PLACARD_SHOTS"] ? { shot: `${process.env["PLACARD_SHOTS"]}/charts-he` } : {});
  await sealActs(workbench.house.folder, [
    { ...POST, actor: "actor-three" },
    { act: "received", receivedFrom: "a neighbour", actor: "actor-three" },
  ]);
  await page.goto(new URL("/find?actor=actor-three", page.url()).href);
  await page.getByRole("button", { name: "לבחור את השניים שמתאימים" }).click();
  await page.getByRole("button", { name: "לבדוק אותם שוב" }).click();
  await page.getByText("התקבל ממישהו ולא תועד כאן").waitFor();
  await looksRight(page);
  await shot(page, "find-again-he");
  assert.deepEqual(complaints, []);
});
