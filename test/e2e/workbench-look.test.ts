/** Looking, finding and making a placard, as a member does it, with a post that was really captured. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { type Forum, startForum } from "../../src/sample/forum.ts";
import { good } from "../server/house.ts";
import { looksRight } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

let forum: Forum;
let workbench: OpenWorkbench;
let id: string;

before(async () => {
  forum = await startForum();
  workbench = await openWorkbench({ allowPrivate: true });
  const { house, cookie } = workbench;
  const json = { links: forum.postUrl(forum.samplePost), caseName: "Spring" };
  await good(await house.ask("/api/captures", { method: "POST", cookie, json }));
  for (id = ""; id === ""; await new Promise((done) => setTimeout(done, 100))) {
    const told = (await (await good(await house.ask("/api/captures", { cookie }))).json()) as {
      readonly batches: readonly { readonly links: readonly { readonly state: string; readonly exhibit?: string }[] }[];
    };
    const link = told.batches[0]?.links[0];
    assert.notEqual(link?.state, "not-captured");
    id = link?.exhibit ?? "";
  }
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  await forum?.close();
});

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env["PLACARD_SHOTS"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** Runs in the page. */
const filterOf = (element: Element): string => getComputedStyle(element).filter;
const addressOf = (page: Page): string => new URL(page.url()).pathname + new URL(page.url()).search;

test("in the list, then by itself: nothing of the post is there until it is asked for", async () => {
  const { page, complaints } = await workbench.visit("/look");
  await page.locator(".exhibit-row").waitFor();
  await looksRight(page);
  await shot(page, "look");
  await page.locator(".exhibit-link").click();
  await page.getByRole("button", { name: "Show it" }).waitFor();
  assert.equal(await page.locator(".said, .shown img").count(), 0, "covered is not there at all");
  await looksRight(page);
  await shot(page, "exhibit-covered");
  await page.getByRole("button", { name: "Show it" }).click();
  await page.locator(".said").waitFor();
  await page.locator(".shown img").evaluate("(image) => image.decode()");
  await looksRight(page);
  await page.getByRole("button", { name: "Check it now" }).click();
  await page.getByText("Everything holds").waitFor();
  await shot(page, "exhibit");
  await looksRight(page);
  assert.deepEqual(complaints, []);
});

test("which tab is open stands in the address, and Back leads from one to the one before", async () => {
  const { page, complaints } = await workbench.visit(`/look/${id}?tab=nonsense`);
  const open = page.getByRole("tab", { selected: true });
  await open.waitFor();
  assert.equal(await open.textContent(), "Post");
  await page.getByRole("tab", { name: "Changes" }).click();
  await page.waitForURL(/tab=changes/);
  await page.getByRole("tab", { name: "Whole page" }).click();
  await page.waitForURL(/tab=page/);
  await page.goBack();
  assert.equal(await open.textContent(), "Changes");
  await page.reload();
  assert.equal(await open.textContent(), "Changes", "it leads somebody else to the same view");
  await page.getByRole("tab", { name: "Post" }).click();
  await page.waitForURL((url) => url.search === "");
  assert.deepEqual(complaints, []);
});

test("that it is looked at again by itself is planned where its changes stand, and taken back", async () => {
  const planned = (page: Page) => page.getByText("To be looked at again");
  for (const viewport of [PHONE, { width: 1280, height: 900 }]) {
    const { page, complaints } = await workbench.visit(`/look/${id}?tab=changes`, { viewport });
    await page.getByLabel("After 1 hour").check();
    await page.getByLabel("After 7 days").check();
    await page.getByRole("button", { name: "Plan it" }).click();
    await planned(page).nth(1).waitFor();
    assert.equal(await page.getByLabel("After 1 hour").isChecked(), false);
    await looksRight(page);
    await shot(page, `planned-${viewport.width}`);
    await page.getByRole("button", { name: "Don’t look again" }).click();
    await planned(page).first().waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Don’t look again" }).waitFor({ state: "detached" });
    assert.deepEqual(complaints, []);
  }
});

/** As the server tells of one; what a real capture finds is held by recapture.test.ts. */
const EDITED = {
  id: "PLC-0000-0000-0000-0001",
  at: "2026-03-16T08:00:00Z",
  state: "sealed",
  result: "edited",
  changes: {
    postText: { before: "The hedge was here.", after: "The hedge was never here." },
    editedAt: { before: null, after: "2026-03-16T07:00:00Z" },
    edited: { before: null, after: true },
    media: {
      removed: [{ field: "media1", mediaType: "image/png" }],
      added: [{ field: "media1", mediaType: "image/png" }],
    },
  },
  comparison: { notCompared: ["replyTo"], reencoded: [{}] },
  reason: null,
  dueAt: null,
};

test("what changed since is told, and its words are covered until they are asked for", async () => {
  const { page, complaints } = await workbench.open("/look", { viewport: PHONE });
  await page.route(`**/api/exhibits/${id}`, async (route) => {
    const view = await (await route.fetch()).json();
    await route.fulfill({ json: { ...view, recaptures: [EDITED] } });
  });
  await page.goto(new URL(`/look/${id}?tab=changes`, page.url()).href);
  const changed = page.locator(".change");
  await changed.getByText("It is marked as edited now.").waitFor();
  assert.deepEqual(
    (await changed.locator(".changed-what li").allTextContents()).map((line) => line.replace(/[\u2066-\u2069]/g, "")),
    [
      "What it says was changed.",
      "Edited: nothing before, 16 March 2026, 07:00:00 UTC now",
      "It is marked as edited now.",
      "Pictures, videos or sounds that are no longer in it: 1",
      "Pictures, videos or sounds that are new in it: 1",
      "Pictures and videos that were stored anew and look the same: 1",
      "Could not be compared: Answers",
    ],
  );
  assert.equal(await page.getByText("never here").count(), 0);
  await shot(page, "changes-covered");
  await changed.getByRole("button", { name: "Show it" }).click();
  await changed.locator("ins", { hasText: "never" }).waitFor();
  await looksRight(page);
  await shot(page, "changes");
  await workbench.house
    .ask("/api/me/preferences", { method: "PATCH", cookie: workbench.cookie, json: { language: "he" } })
    .then(good);
  await page.reload();
  await changed.getByText("לא היה אפשר להשוות").waitFor();
  await shot(page, "changes-hebrew");
  await workbench.house
    .ask("/api/me/preferences", { method: "PATCH", cookie: workbench.cookie, json: { language: "en" } })
    .then(good);
  assert.deepEqual(complaints, []);
});

test("a Hebrew reader meets Hebrew sentences: where it comes from, what happened to it, its verdict, what is well", async () => {
  const { house, cookie } = workbench;
  const speak = (language: string) =>
    house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { language } }).then(good);
  await good(await house.ask("/api/filings", { method: "POST", cookie, json: { ids: [id], tag: ["lane"] } }));
  const missing = { links: new URL("/not-there", forum.postUrl(forum.samplePost)).href };
  await good(await house.ask("/api/captures", { method: "POST", cookie, json: missing }));
  await speak("he");
  const { page, complaints } = await workbench.visit(`/look/${id}`, { viewport: PHONE });
  await page.getByText("נוספו תגיות").waitFor();
  await page.getByRole("button", { name: "לבדוק עכשיו" }).click();
  await page.getByText("הכול תקף").waitFor();
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
  const english = page.locator("main [lang=en]:not(dt)");
  assert.deepEqual(await english.allTextContents(), [], "English");
  await looksRight(page);
  await shot(page, "exhibit-hebrew");
  await page.goto(new URL("/health", page.url()).href);
  await page.locator(".check").first().waitFor();
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
  assert.deepEqual(await english.allTextContents(), [], "English");
  await looksRight(page);
  await shot(page, "health-hebrew");
  await page.goto(new URL("/save", page.url()).href);
  await page.getByText("השרת השיב 404 (אין דבר בכתובת הזאת).").waitFor({ timeout: 60_000 });
  assert.deepEqual(await english.allTextContents(), [], "English");
  await shot(page, "save-hebrew");
  await page.goto(new URL("/look/PLC-0000-0000-0000-0000", page.url()).href);
  await page.getByRole("alert").waitFor();
  assert.match((await page.getByRole("alert").textContent()) ?? "", /אין פוסט .* במאגר הזה/);
  await shot(page, "trouble-hebrew");
  await speak("en");
  assert.deepEqual(
    complaints.filter((one) => !/404/.test(one)),
    [],
  );
});

test("the page as it was stands in a frame of another host, where nothing of ours is", async () => {
  // The replay is a worker's.
  const { page, complaints } = await workbench.open(`/look/${id}`, { serviceWorkers: "allow" });
  await page.getByRole("tab", { name: "As it was" }).click();
  await page.waitForURL(/tab=replay/);
  await page.getByRole("button", { name: "Open it" }).click();
  const frame = page.frameLocator("iframe.replay");
  assert.equal(await page.locator("iframe.replay").getAttribute("sandbox"), "allow-scripts allow-same-origin");
  await frame.locator("replay-web-page").waitFor({ timeout: 30_000 });
  assert.match(await page.locator("iframe.replay").evaluate(filterOf), /grayscale/);
  const shown = async (): Promise<boolean> => {
    const texts = await Promise.all(
      page.frames().map((one) =>
        one
          .locator("body")
          .innerText()
          .catch(() => ""),
      ),
    );
    return texts.some((text) => text.includes("The Hollow Lane lot"));
  };
  for (let tries = 0; !(await shown()); tries++) {
    assert.ok(tries < 300, "the post is not to be seen in its replay");
    await new Promise((done) => setTimeout(done, 200));
  }
  await shot(page, "replay");
  const within = page.frames().find((one) => one.url().startsWith("http://127.0.0.1"));
  assert.ok(within !== undefined);
  assert.equal(await within.evaluate("document.cookie"), "");
  await page.context().close();
  // What the replaying program says to itself is its own, and that its emblem may not be drawn with styles within the page.
  assert.deepEqual(
    complaints.filter(
      (text) => text.startsWith("stopped") && !/^stopped: style-src-\w+ inline .*\/127\.0\.0\.1:/.test(text),
    ),
    [],
  );
});

test("found as it is typed; the address can be handed on", async () => {
  const { page, complaints } = await workbench.visit("/find");
  await page.locator(".exhibit-row").waitFor();
  await page.getByLabel("Words to look for").fill("no such words anywhere");
  await page.getByText("Nothing says that.").waitFor();
  await looksRight(page);
  await page.getByLabel("Words to look for").fill("");
  await page.getByLabel("Case").selectOption("Spring");
  await page.waitForURL(/case=Spring/);
  await page.locator(".exhibit-row").waitFor();
  await shot(page, "find");
  assert.deepEqual(complaints, []);
  const { page: again, complaints: ofAgain } = await workbench.visit(addressOf(page));
  assert.equal(await again.getByLabel("Case").inputValue(), "Spring");
  await again.getByLabel("Words to look for").fill("lane");
  await again.waitForURL(/text=lane/);
  await again.getByRole("link", { name: "Find" }).click();
  await again.waitForURL((url) => url.search === "");
  assert.equal(await again.getByLabel("Words to look for").inputValue(), "", "the field follows the address");
  assert.deepEqual(ofAgain, []);
});

test("a placard is made of it: the page that prints, and the file", async () => {
  const { page, complaints } = await workbench.visit("/look");
  await page.getByRole("checkbox").first().check();
  await page.getByRole("link", { name: "Make a placard of them" }).click();
  assert.equal(await page.locator("iframe").count(), 0, "covered here too");
  await page.getByRole("button", { name: "Show it" }).click();
  const preview = page.frameLocator(".preview iframe");
  assert.equal(await page.locator(".preview iframe").getAttribute("sandbox"), "allow-scripts");
  await preview.locator("body").waitFor({ timeout: 30_000 });
  assert.match(await page.locator(".preview iframe").evaluate(filterOf), /grayscale/);
  let previews = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/placards/preview")) previews++;
  });
  await page.getByLabel("Headline").pressSequentially("Said in public", { delay: 20 });
  await preview.getByText("Said in public").first().waitFor({ timeout: 30_000 });
  assert.ok(previews <= 3, `set ${previews} times for 14 letters`);
  await page.waitForURL(/headline=Said/);
  await page.getByLabel("Size").selectOption("A2");
  await page.waitForURL(/language=en/);
  await page.getByLabel("Language").selectOption("עברית");
  await page.waitForURL(/language=he/);
  await preview.locator("html[dir=rtl]").getByText("מילה במילה").waitFor({ timeout: 30_000 });
  await page.getByLabel(/picture/i).check();
  await page.waitForURL(/picture=true/);
  // The page with the picture stands: no frame goes while it is looked at.
  await page.locator("section[aria-busy=false] .preview").waitFor();
  await preview.locator(".shot image").first().waitFor({ state: "attached", timeout: 30_000 });
  await looksRight(page);
  await shot(page, "show");
  const address = addressOf(page);
  const chosen = () =>
    Promise.all([
      page.getByLabel("Headline").inputValue(),
      page.getByLabel("Size").inputValue(),
      page.getByLabel("Language").inputValue(),
      page.getByLabel(/picture/i).isChecked(),
    ]);
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes("picture"));
  assert.deepEqual(await chosen(), ["Said in public", "A2", "he", false]);
  await page.goBack();
  await page.waitForURL(/language=en/);
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes("size"));
  assert.deepEqual(await chosen(), ["Said in public", "A3", "en", false]);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Print it" }).click();
  assert.equal((await download).suggestedFilename(), "placards.pdf");
  // The tool that looks for barriers finds no way into the frame, and says so on the console.
  assert.deepEqual(
    complaints.filter((text) => text.startsWith("stopped")),
    [],
  );
  await workbench.visit(address);
  await page.getByLabel("Headline").waitFor();
  assert.deepEqual(await chosen(), ["Said in public", "A2", "he", true], "as somebody else sees it by this address");
});

test("whoever reads Hebrew is offered a Hebrew placard, and sees all of the page that prints", async () => {
  const { house, cookie } = workbench;
  const speak = async (language: string): Promise<void> =>
    void (await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { language } })));
  await speak("he");
  const { page, complaints } = await workbench.visit(`/show?ids=${encodeURIComponent(JSON.stringify([id]))}`);
  assert.equal(await page.getByLabel("שפת השלט").inputValue(), "he");
  await page.getByRole("button", { name: "להציג", exact: true }).click();
  const preview = page.frameLocator(".preview iframe");
  await preview.getByText("ראיתי").first().waitFor({ timeout: 30_000 });
  const boxes = () => Promise.all([".preview", ".preview iframe"].map((one) => page.locator(one).boundingBox()));
  const [frame, sheet] = await boxes();
  assert.ok(frame && sheet);
  for (const side of ["x", "width"] as const)
    assert.ok(Math.abs(frame[side] - sheet[side]) < 4, `${side}: it is not there whole`);
  await shot(page, "show-hebrew");
  await speak("en");
  assert.deepEqual(complaints, []);
});

test("on a phone in the dark, and erased at last", async () => {
  const { page, complaints } = await workbench.visit(`/look/${id}`, { viewport: PHONE, colorScheme: "dark" });
  await page.getByRole("button", { name: "Show it" }).waitFor();
  await looksRight(page);
  assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false, "scrolled sideways");
  await shot(page, "exhibit-phone");
  await page.getByRole("button", { name: "Erase it" }).click();
  await page.getByLabel("Reason").fill("asked for");
  await looksRight(page);
  await page.getByRole("button", { name: "Erase it for good" }).click();
  await page.getByText("It was erased").waitFor();
  await shot(page, "erased");
  assert.deepEqual(complaints, []);
});
