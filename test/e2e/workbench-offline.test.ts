/** Without an answer the workbench opens and keeps what is handed to it; with one, it is sent once and erased from the device. */
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { buildWorkbench } from "../../scripts/build-workbench.ts";
import { en } from "../../src/workbench/words/en.ts";
import { counted } from "../../src/workbench/words/words.ts";
import { good } from "../server/house.ts";
import { saverIn } from "../server/saver.ts";
import { looksRight } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

let workbench: OpenWorkbench;
let screens: string;

before(async () => {
  await buildWorkbench();
  screens = await mkdtemp(join(tmpdir(), "placard-screens-"));
  await cp(join(import.meta.dirname, "..", "..", "dist", "workbench"), screens, { recursive: true });
  workbench = await openWorkbench({ allowPrivate: true, screens });
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  await rm(screens, { recursive: true, force: true });
});

const { device, save, shell } = en;
/** Nobody answers there; what it is asked for is what counts. */
const NOWHERE = "http://127.0.0.1:1";
const shots = process.env["PLACARD_SHOTS"];
const shot = (name: string) => (shots === undefined ? {} : { shot: `${shots}/${name}` });
const file = (name: string) => ({ name, mimeType: "text/html", buffer: Buffer.from(`<title>${name}</title>`) });

const open: OpenWorkbench["open"] = (path, options) => workbench.open(path, { serviceWorkers: "allow", ...options });

async function whenWorking(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

async function online(page: Page, isOnline: boolean): Promise<void> {
  await page.context().setOffline(!isOnline);
}

/** The addresses of all that lies in the browser's caches. */
function cached(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().map(({ url }) => new URL(url).pathname);
  });
}

function filesOnDevice(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("placard", 1);
        opening.addEventListener("error", () => reject(opening.error));
        opening.addEventListener("success", () => {
          const counting = opening.result.transaction("files").objectStore("files").count();
          counting.addEventListener("success", () => {
            opening.result.close();
            resolve(counting.result);
          });
        });
      }),
  );
}

async function exhibitsOf(text: string): Promise<number> {
  const { house, cookie } = workbench;
  const answer = await good(await house.ask(`/api/exhibits/counts?text=${encodeURIComponent(text)}`, { cookie }));
  return ((await answer.json()) as { readonly total: number }).total;
}

/** Submits a form as a phone's share sheet does. */
async function share(page: Page, text: string, fileName: string): Promise<void> {
  await page.evaluate(
    ({ text, fileName }) => {
      const form = document.createElement("form");
      Object.assign(form, { method: "POST", action: "/share", enctype: "multipart/form-data" });
      const words = Object.assign(document.createElement("input"), { name: "text", value: text });
      const files = Object.assign(document.createElement("input"), { name: "files", type: "file" });
      const held = new DataTransfer();
      held.items.add(new File([`<title>${fileName}</title>`], fileName, { type: "text/html" }));
      files.files = held.files;
      form.append(words, files);
      document.body.append(form);
      form.submit();
    },
    { text, fileName },
  );
}

test("it opens without an answer and says so; what is typed stays, what is saved is sent later, once", async () => {
  const { page, complaints } = await open("/save");
  await whenWorking(page);
  const before = await cached(page);
  assert.ok(before.includes("/") && before.some((path) => path.startsWith("/assets/save-")));
  assert.deepEqual(
    before.filter((path) => !/^\/(?:assets\/[\w.-]+|icon\.svg)?$/.test(path)),
    [],
    "only the workbench itself is kept",
  );
  const nonce = () => page.locator('meta[name="csp-nonce"]').getAttribute("content");
  const nonces = [await nonce()];
  await online(page, false);
  for (let i = 0; i < 2; i++) {
    await page.reload();
    await page.getByText(device.offline).waitFor();
    nonces.push(await nonce());
  }
  assert.equal(new Set(nonces).size, 3, "each page has a nonce of its own");
  await page.getByLabel(save.links).fill(`${NOWHERE}/typed`);
  await page.getByText(save.more).click();
  await page.getByLabel(save.note).fill("seen from the window");
  await page.goto(new URL("/look", page.url()).href);
  await page.getByText(device.offline).waitFor();
  await page.goto(new URL("/save", page.url()).href);
  assert.equal(await page.getByLabel(save.links).inputValue(), `${NOWHERE}/typed`);
  assert.equal(await page.getByLabel(save.note).inputValue(), "seen from the window");

  await page.locator("input[type=file]").setInputFiles([file("lane.html"), file("bins.html")]);
  await page.getByLabel(save.from).fill("a neighbour");
  await page.getByRole("button", { name: save.send, exact: true }).click();
  await page.getByText("One link of yours could not be sent yet.").waitFor();
  assert.equal(await page.getByLabel(save.links).inputValue(), "");
  await page.getByRole("button", { name: save.send, exact: true }).click();
  await page.getByText(counted("en", device.files, 2)).waitFor();
  await page.getByText(device.readable).waitFor();
  await looksRight(page, shot("offline"));
  assert.equal(await filesOnDevice(page), 2);

  await page.reload();
  await page.getByText(counted("en", device.files, 2)).waitFor();
  await online(page, true);
  await page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
  await page.getByText(counted("en", device.files, 2)).waitFor({ state: "hidden" });
  await page.getByText(device.offline).waitFor({ state: "hidden" });
  await page.locator(".saved-row").filter({ hasText: "/typed" }).waitFor();
  assert.equal(await filesOnDevice(page), 0, "erased here");
  assert.deepEqual([await exhibitsOf("lane.html"), await exhibitsOf("bins.html")], [1, 1]);
  const batches = await saverIn(workbench.house, workbench.cookie).batches();
  assert.deepEqual(
    batches.map(({ note, links }) => [note, links.map(({ url }) => url)]),
    [["seen from the window", [`${NOWHERE}/typed`]]],
  );
  assert.deepEqual(
    complaints.filter((text) => !/ERR_(?:INTERNET_DISCONNECTED|FAILED)/.test(text)),
    [],
  );
  await page.context().close();
});

test("files that a phone shares wait on it until Save is pressed, or they are left out", async () => {
  const { page, complaints } = await open("/", { viewport: PHONE });
  await whenWorking(page);
  await share(page, `Look: ${NOWHERE}/shared`, "shared.html");
  await page.getByText(device.sharedKept).waitFor();
  assert.equal(await page.getByLabel(save.links).inputValue(), `${NOWHERE}/shared`);
  await page.getByRole("button", { name: save.forget }).waitFor();
  await looksRight(page, shot("shared"));
  // A second share while the first still waits: neither is lost.
  await share(page, "", "second.html");
  await page.getByRole("list", { name: counted("en", save.waitingFiles, 2) }).waitFor();
  const second = page.getByRole("listitem").filter({ hasText: "second.html" });
  await second.getByRole("button", { name: save.forget }).click();
  await page.waitForFunction(() => document.querySelectorAll(".taken-row").length === 1);
  await page.getByLabel(save.from).fill("a neighbour");
  await page.getByRole("button", { name: save.send, exact: true }).click();
  await page.getByRole("list", { name: save.handedIn }).getByText("shared.html").waitFor();
  await page.waitForURL((url) => url.pathname === "/save" && url.search === "");
  assert.equal(await filesOnDevice(page), 0);
  assert.deepEqual([await exhibitsOf("shared.html"), await exhibitsOf("second.html")], [1, 0]);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("another build replaces what is kept when no window works with the old one any more", async () => {
  const { page } = await open("/");
  await whenWorking(page);
  const names = (of: Page) => of.evaluate(() => caches.keys());
  const [earlier = ""] = await names(page);
  const script = join(screens, "sw.js");
  const digest = earlier.replace("placard-shell-", "");
  await writeFile(script, (await readFile(script, "utf8")).replaceAll(digest, "0123456789abcdef"));
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
  assert.equal((await names(page)).length, 2, "a window that is open keeps its files");
  const { origin } = new URL(page.url());
  await page.goto("about:blank");
  await page.goto(`${origin}/nowhere`);
  await page.waitForFunction(async () => (await caches.keys()).join() === "placard-shell-0123456789abcdef");
  await page.context().close();
});

test("signing out leaves nothing on the device but what one chooses to leave", async () => {
  const { page, complaints } = await open("/save");
  await whenWorking(page);
  await page.getByText(save.more).click();
  await page.getByLabel(save.note).fill("not for others");
  const { actor } = await page.evaluate(async () => (await (await fetch("/api/me")).json()) as { actor: string });
  // What was typed only is asked about too, and by itself told so.
  await page.locator("button.member").click();
  await page.getByRole("button", { name: shell.signOut }).click();
  await page.getByText(device.leaving.typed).waitFor();
  assert.equal(await page.getByText(device.leaving.waits).count(), 0);
  await page.getByRole("button", { name: device.leaving.stay }).click();
  assert.equal(await page.getByLabel(save.note).inputValue(), "not for others");
  const entry = { key: "ab".repeat(16), actor, text: `${NOWHERE}/left` };
  await page.evaluate((kept) => localStorage.setItem("placard-outbox", JSON.stringify([kept])), entry);
  await page.locator("button.member").click();
  await page.getByRole("button", { name: shell.signOut }).click();
  await page.getByText(device.leaving.waits).waitFor();
  await page.getByText(device.leaving.typed).waitFor();
  await looksRight(page, shot("leaving"));
  await page.getByRole("button", { name: device.leaving.erase }).click();
  await page.getByRole("heading", { name: en.enter.signIn.title }).waitFor();
  assert.deepEqual(await cached(page), []);
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  const left = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
  assert.doesNotMatch(left, /not for others|\/left/);
  assert.ok(!left.includes(actor));
  await share(page, "", "nobody.html");
  await page.getByRole("heading", { name: en.enter.signIn.title }).waitFor();
  assert.match(decodeURIComponent(page.url()), /\/save\?files=away/);
  assert.deepEqual(complaints, []);
});
