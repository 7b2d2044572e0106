/** Saving, as a member does it: a link is pasted, shows itself step by step, and is sealed. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import type { Page } from "playwright-core";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { keepMemberSession } from "../member-session.ts";
import { good } from "../server/house.ts";
import { serveMembers } from "./members-site.ts";
import { looksRight } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

/** Nobody answers there, which is told soonest; for links of which it does not matter what becomes of them. */
const NOWHERE = "http://127.0.0.1:1";

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

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env["PLACARD_SHOTS"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

async function againChosen(page: Page): Promise<readonly string[]> {
  const chosen: string[] = [];
  for (const name of ["After 1 hour", "After 1 day", "After 7 days"])
    if (await page.getByLabel(name).isChecked()) chosen.push(name);
  return chosen;
}

async function speak(language: "en" | "he"): Promise<void> {
  const { house, cookie } = workbench;
  await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { language } }));
}

afterEach(() => speak("en"));

test("a link is pasted and sealed; another is not captured, and says why; a reload shows both", async () => {
  const { page, complaints } = await workbench.visit("/save");
  await looksRight(page);
  const missing = new URL("/nowhere", forum.postUrl(forum.samplePost)).href;
  await page.getByLabel("Links").fill(`${forum.postUrl(forum.samplePost)}\n${missing}`);
  await page.getByLabel("After 1 day").check();
  await page.reload();
  assert.deepEqual(await againChosen(page), ["After 1 day"], "kept with what is typed");
  await page.getByLabel("After 7 days").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const rows = page.locator(".saved-row");
  await rows.nth(1).waitFor();
  await rows.filter({ hasText: "Sealed" }).first().waitFor({ timeout: 60_000 });
  await rows.filter({ hasText: "Not captured" }).first().waitFor({ timeout: 60_000 });
  assert.equal(await page.getByLabel("Links").inputValue(), "");
  assert.deepEqual(await againChosen(page), [], "of the next links it is chosen anew");
  await looksRight(page);
  await page.reload();
  await rows.filter({ hasText: "Not captured: " }).waitFor();
  assert.match((await rows.filter({ hasText: "Sealed" }).textContent()) ?? "", /Look at it/);
  assert.deepEqual(await againChosen(page), []);
  await shot(page, "save");
  await rows.getByRole("link", { name: "Look at it" }).click();
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.getByText("To be looked at again").nth(1).waitFor();
  assert.equal(await page.getByText("To be looked at again").count(), 2);
  assert.deepEqual(complaints, []);
});

test("on a phone, in the dark and from right to left it is the same screen", async () => {
  await speak("he");
  const { page, complaints } = await workbench.visit("/save", { viewport: PHONE, colorScheme: "dark" });
  // What the device remembers is shown first, in the language of that time.
  await page.locator("html[dir=rtl] .saved-row").first().waitFor();
  await looksRight(page);
  await speak("en");
  const overflows = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
  assert.equal(overflows, false, "it has to be scrolled sideways");
  await shot(page, "save-phone");
  assert.deepEqual(complaints, []);
});

test("what a phone shares is filled in and waits for the button; saved, it is not in the address any more", async () => {
  const missing = `${NOWHERE}/not-there`;
  const text = encodeURIComponent(`Look at this: ${missing}.`);
  const { page, complaints } = await workbench.visit(`/save?title=Seen&text=${text}`);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(new URL(request.url()).pathname);
  });
  assert.equal(await page.getByLabel("Links").inputValue(), missing);
  await page.getByText("Nothing is saved until you press Save.").waitFor();
  await looksRight(page);
  assert.deepEqual(sent, []);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForURL((url) => url.pathname === "/save" && url.search === "");
  assert.deepEqual(sent, ["/api/captures"]);
  assert.equal(await page.getByLabel("Links").inputValue(), "");
  await page.locator(".saved-row").filter({ hasText: "/not-there" }).waitFor();
  await page.goto(new URL("/save?text=only%20words", page.url()).href);
  await page.getByText("What was shared has no link in it.").waitFor();
  assert.equal(await page.getByLabel("Links").inputValue(), "");
  assert.deepEqual(complaints, []);
});

test("without an answer a link is kept on the device: the field is empty, and it is saved once when there is one", async () => {
  const { page } = await workbench.visit("/save");
  const missing = `${NOWHERE}/kept-once`;
  const rows = page.locator(".saved-row").filter({ hasText: "/kept-once" });
  await page.route("**/api/captures", (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  await page.getByLabel("Links").fill(missing);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("One link of yours could not be sent yet.").waitFor();
  assert.equal(await page.getByLabel("Links").inputValue(), "");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.unroute("**/api/captures");
  await page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
  await rows.waitFor();
  await page.getByText("could not be sent yet").waitFor({ state: "hidden" });
  assert.equal(await rows.count(), 1);
});

test("of the files that are handed in, what was broken off is kept on the device, sent again, and not sealed twice", async () => {
  const { page } = await workbench.visit("/save");
  const file = (name: string) => ({ name, mimeType: "text/html", buffer: Buffer.from(`<title>${name}</title>`) });
  await page.locator("input[type=file]").setInputFiles([file("lane.html"), file("bins.html")]);
  await page.getByLabel("Who gave you these files").fill("a neighbour");
  let requests = 0;
  await page.route("**/api/imports", async (route) => {
    if (++requests !== 2) return route.continue();
    // It arrives, but its answer does not.
    await route.fetch();
    return route.abort();
  });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const waiting = page.getByRole("list", { name: "Files on this device" });
  await waiting.getByText("bins.html").waitFor();
  const taken = page.getByRole("list", { name: "Files that were taken in" });
  await taken.getByText("lane.html").waitFor();
  await looksRight(page);
  await page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
  await waiting.waitFor({ state: "hidden" });
  assert.equal(requests, 3);
  const { house, cookie } = workbench;
  const { total } = (await (await good(await house.ask("/api/exhibits/counts?text=bins.html", { cookie }))).json()) as {
    readonly total: number;
  };
  assert.equal(total, 1);
  await taken.getByRole("link", { name: "Look at it" }).first().click();
  await page.waitForURL(/\/look\/./);
});

test("the text in a screenshot that was handed in is read where it stands, and a link in it is saved without leaving", async () => {
  const { page, complaints } = await workbench.visit("/save");
  await page.locator("input[type=file]").setInputFiles(join(import.meta.dirname, "../vectors/reading.png"));
  await page.getByLabel("Who gave you these files").fill("a neighbour");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const taken = page.getByRole("list", { name: "Files that were taken in" });
  await taken.getByRole("button", { name: /Small picture of .?reading\.png/ }).click();
  await taken.locator("img").evaluate((image: HTMLImageElement) => image.decode());
  await taken.getByRole("button", { name: "Read the text in the picture" }).click();
  const read = taken.getByRole("region", { name: "What a machine read in the picture" });
  await read.getByRole("button", { name: "Show it" }).click();
  await read.getByText("We were here before the lane had a name.").waitFor();
  await looksRight(page);
  await shot(page, "save-reading");
  await read.getByRole("button", { name: "Save this link: https://townsquare.example/p/88213" }).click();
  await read.getByText("Being saved: see the list below").waitFor();
  await page.locator(".saved-row").filter({ hasText: "townsquare.example/p/88213" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/save");
  assert.deepEqual(complaints, []);
});

test("an owner chooses under which session links are opened; the list says it, to others only that it was signed in", async () => {
  await using site = await serveMembers();
  const { house } = workbench;
  const { page, complaints } = await workbench.visit("/save");
  await page.getByLabel("Links").waitFor();
  assert.equal(await page.getByLabel("Open them as").count(), 0, "there is none to choose");
  await keepMemberSession(house.folder, "lantern", site);
  await page.reload();
  await page.getByLabel("Open them as").selectOption("lantern");
  await page.getByLabel("Links").fill(site.link);
  await looksRight(page);
  await shot(page, "save-under");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const row = page.locator(".saved-row").filter({ hasText: /Under the session .?lantern/ });
  await row.filter({ hasText: /Sealed|Not captured/ }).waitFor({ timeout: 90_000 });
  assert.match((await row.textContent()) ?? "", /Sealed/);
  assert.equal(await page.getByLabel("Open them as").inputValue(), "", "the next is opened signed out");
  await shot(page, "save-under-sealed");
  await speak("he");
  assert.deepEqual(complaints, []);
  const { page: phone } = await workbench.visit("/save", { viewport: PHONE, colorScheme: "dark" });
  await phone.getByText("דרך החיבור").waitFor();
  await looksRight(phone);
  await shot(phone, "save-under-phone");
  await speak("en");
});

test("the link for the browser's bar does nothing where it stands, and opens the Save screen from any page", async () => {
  const { page, complaints } = await workbench.visit("/save");
  await page.getByText("From your browser’s bar").click();
  const link = page.getByRole("link", { name: "Save with Placard" });
  const address = (await link.getAttribute("href")) ?? "";
  await looksRight(page);
  await link.click();
  await page.getByText("It does nothing here.").waitFor();
  assert.deepEqual(complaints, []);
  await page.goto(forum.postUrl(forum.samplePost));
  const opened = page.context().waitForEvent("page");
  await page.evaluate(address.replace("javascript:", ""));
  const beside = await opened;
  await beside.getByLabel("Links").waitFor();
  assert.equal(await beside.getByLabel("Links").inputValue(), forum.postUrl(forum.samplePost));
});
