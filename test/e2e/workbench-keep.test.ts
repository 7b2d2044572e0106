/** Keeping and health, as an owner meets them: a back-up that can be put back, a case for others, and what is wrong said first. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { keepFitness } from "../../src/app/browser-fitness.ts";
import { initRecord } from "../../src/app/init-record.ts";
import { openRecord, restoreRecord } from "../../src/app/record.ts";
import { whole } from "../../src/lib/pieces.ts";
import { openZip } from "../../src/verify/zip.ts";
import { ownBrowser } from "../own-browser.ts";
import { good, SETUP_TOKEN } from "../server/house.ts";
import { looksRight, servedHouse, watchedPage } from "./served-house.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

const PASSPHRASE = "lantern ladder lattice lemon";
const { PLACARD_BROWSER, PLACARD_CACHE } = process.env;
let workbench: OpenWorkbench;
let folder: string;

before(async () => {
  workbench = await openWorkbench();
  folder = await mkdtemp(join(tmpdir(), "placard-keep-"));
  await writeFile(join(folder, "page.html"), "<!doctype html><title>Bins on the lane</title>");
  await workbench.house.house
    .record()
    .import(join(folder, "page.html"), { from: "a neighbour", caseName: "Spring & lane" });
});
after(async () => {
  for (const [name, value] of Object.entries({ PLACARD_BROWSER, PLACARD_CACHE })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await workbench?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const shotOf = (name: string): { readonly shot?: string } => {
  const shots = process.env["PLACARD_SHOTS"];
  return shots ? { shot: join(shots, name) } : {};
};

const passphraseOf = (page: Page) => page.locator("input[name=passphrase]");

async function typeTwice(page: Page, once: string, again: string): Promise<void> {
  await passphraseOf(page).fill(once);
  await page.locator("input[name=again]").fill(again);
  await page.getByRole("button", { name: "Make the back-up" }).click();
}

test("a back-up is made from the screen, and can be put back", async () => {
  const { page, complaints } = await workbench.visit("/");
  await page.getByRole("button", { name: /^You: / }).click();
  await page.getByRole("link", { name: "Keep", exact: true }).click();
  await page.getByRole("heading", { name: "Keep it safe." }).waitFor();
  await page.getByLabel("Case", { exact: true }).waitFor();
  await page.getByText("placard backup -o FILE --record DIR").waitFor();
  await looksRight(page, shotOf("keep"));
  await typeTwice(page, PASSPHRASE, `${PASSPHRASE}s`);
  await page.getByText("The two are not the same.").waitFor();
  await looksRight(page);
  const [made] = await Promise.all([page.waitForEvent("download"), typeTwice(page, PASSPHRASE, PASSPHRASE)]);
  assert.match(made.suggestedFilename(), /^placard-\d{4}-\d\d-\d\d\.age$/);
  await page.getByText(/^Done: .*It was checked/).waitFor();
  assert.equal(await passphraseOf(page).inputValue(), "");
  await looksRight(page, shotOf("keep-done"));
  const file = join(folder, "made.age");
  await made.saveAs(file);
  const { audit } = await restoreRecord(file, join(folder, "restored"), PASSPHRASE);
  assert.equal(audit.verdict, "holds");
  assert.deepEqual(complaints, []);
});

test("it is put back on another computer’s first page: a wrong passphrase is told at once, a right one brings all back", async () => {
  await using other = await servedHouse();
  const { browser } = workbench;
  const { page, complaints } = await watchedPage(browser, { viewport: PHONE, locale: "en-GB" });
  await page.goto(`${other.url}/start#${SETUP_TOKEN}`);
  await page.getByRole("button", { name: "Or put a back-up back" }).click();
  await page.getByRole("heading", { name: "Put a back-up back." }).waitFor();
  await looksRight(page, shotOf("restore"));
  await page.locator("input[type=file]").setInputFiles(join(folder, "made.age"));
  await passphraseOf(page).fill(`${PASSPHRASE}s`);
  await page.getByRole("button", { name: "Put it back" }).click();
  await page.getByText("This passphrase does not open the file.").waitFor();
  await looksRight(page, shotOf("restore-wrong"));
  await passphraseOf(page).fill(PASSPHRASE);
  await page.getByRole("button", { name: "Put it back" }).click();
  await page.getByText("All of it was checked, and all of it holds.").waitFor();
  await looksRight(page, shotOf("restore-done"));
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Sign in." }).waitFor();
  assert.equal((await other.house.house.record().list()).length, 1);
  assert.deepEqual(
    complaints.filter((one) => !/409/.test(one)),
    [],
  );
  await page.context().close();
});

test("without an answer, or while another is made, there is no file; it says so, and the passphrase stays", async () => {
  const { page } = await workbench.visit("/keep");
  await page.getByLabel("Case", { exact: true }).waitFor();
  let downloads = 0;
  page.on("download", () => downloads++);
  await page.route("**/api/back-up", (route) => route.abort());
  await typeTwice(page, PASSPHRASE, PASSPHRASE);
  await page.getByRole("alert").getByText("Placard does not answer.", { exact: true }).waitFor();
  await page.unroute("**/api/back-up");
  const { house, cookie } = workbench;
  const other = await good(
    await house.ask("/api/back-up", { method: "POST", cookie, json: { passphrase: PASSPHRASE } }),
  );
  await page.getByRole("button", { name: "Make the back-up" }).click();
  await page.getByText("Another back-up or case is being made.").waitFor();
  assert.equal(await passphraseOf(page).inputValue(), PASSPHRASE);
  await other.body?.cancel();
  assert.equal(downloads, 0);
});

/** Hands everything on, except that a back-up ends in the middle once somebody says so. */
async function breakingProxy(): Promise<{
  readonly server: string;
  readonly cut: () => void;
  readonly close: () => void;
}> {
  const cutting = Promise.withResolvers<void>();
  const proxy = createServer((asked, answer) => {
    const { url = "", method, headers } = asked;
    const onward = request(url, { method, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers);
      if (!url.endsWith("/api/back-up")) return told.pipe(answer);
      told.once("data", (piece: Uint8Array) => answer.write(piece));
      return void cutting.promise.then(() => {
        answer.destroy();
        onward.destroy();
      });
    });
    asked.pipe(onward);
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const server = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return { server, cut: () => cutting.resolve(), close: () => proxy.close() };
}

test("how far it is can be seen; a back-up that breaks off on the way is no file, and says so", async () => {
  const { server, cut, close } = await breakingProxy();
  const { page } = await workbench.open("/keep", { proxy: { server } });
  let downloads = 0;
  page.on("download", () => downloads++);
  await typeTwice(page, PASSPHRASE, PASSPHRASE);
  await page.getByText(/B.? so far/).waitFor();
  cut();
  await page.getByText("The download broke off").waitFor();
  assert.equal(downloads, 0);
  await page.context().close();
  close();
});

test("a case is handed out as a ZIP, on a phone", async () => {
  const { page, complaints } = await workbench.visit("/keep", { viewport: PHONE });
  await page.getByLabel("Case", { exact: true }).selectOption("Spring & lane");
  const [made] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download the case" }).click(),
  ]);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of await made.createReadStream()) chunks.push(new Uint8Array(chunk as Uint8Array));
  const zip = await openZip(new Blob(chunks), { plain: true });
  assert.equal(zip.entries.filter(({ name }) => name.endsWith(".placard")).length, 1);
  await page.getByText(/^Done: /).waitFor();
  await looksRight(page, shotOf("keep-phone"));
  assert.deepEqual(complaints, []);
});

test("a case from others is taken in, and it says what came of it; what is no case is refused in words", async () => {
  const { page, complaints } = await workbench.visit("/keep");
  const file = page.locator("input[type=file]");
  await file.setInputFiles({
    name: "holiday.zip",
    mimeType: "application/zip",
    buffer: Buffer.from("no ZIP at all, and long enough"),
  });
  await page.getByRole("button", { name: "Take it in" }).click();
  await page.getByRole("alert").waitFor();
  const theirs = join(folder, "theirs");
  await initRecord(theirs, { name: "Southside Watch" });
  {
    await using record = await openRecord(theirs);
    await record.import(join(folder, "page.html"), { from: "a neighbour", caseName: "Bins" });
    await using made = await record.archiveCase("Bins");
    await writeFile(join(folder, "theirs.zip"), await whole(made.pieces()));
  }
  await file.setInputFiles(join(folder, "theirs.zip"));
  await page.getByRole("button", { name: "Take it in" }).click();
  await page.getByText(/proof sealed as received/).waitFor();
  await looksRight(page, shotOf("keep-taken"));
  await page.getByRole("link", { name: "Look at them" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.match(page.url(), /case=Bins/);
  assert.deepEqual(complaints, []);
});

test("what is wrong stands first; mended and checked again, it is gone", async () => {
  const { path } = await ownBrowser();
  Object.assign(process.env, { PLACARD_BROWSER: path, PLACARD_CACHE: folder });
  await keepFitness(folder, { path, version: "147.0", byteRecord: "network-log", triedAt: new Date().toISOString() });
  const settings = join(workbench.house.folder, "config.json");
  await writeFile(settings, '{"sight":1}');
  const { page, complaints } = await workbench.visit("/");
  await page.getByRole("button", { name: /^You: / }).click();
  await page.getByRole("link", { name: "Health", exact: true }).click();
  await page.getByRole("heading", { name: "Something needs mending." }).waitFor();
  const first = page.locator(".check").first();
  await first.getByText("The settings have a mistake in them.").waitFor();
  await first.getByText("In detail").click();
  await page.locator(".check").filter({ hasText: "What a page sends is recorded" }).waitFor();
  await first.getByText(/sight/).first().waitFor();
  await looksRight(page, shotOf("health-wrong"));
  await rm(settings);
  await page.getByRole("button", { name: "Check again" }).click();
  await page.getByRole("heading", { name: "All works." }).waitFor();
  assert.equal(await page.getByRole("heading", { name: "What is wrong" }).count(), 0);
  assert.match((await page.locator(".health-facts").textContent()) ?? "", /Posts in it2$/);
  await looksRight(page, shotOf("health"));
  assert.deepEqual(complaints, []);
});

test("both in Hebrew, from right to left, on a phone", async () => {
  const { house, cookie } = workbench;
  await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { language: "he" } }));
  for (const [path, ready] of [
    ["/keep", "#case ~ *, .keep-form"],
    ["/health", ".check"],
  ] as const) {
    const { page, complaints } = await workbench.visit(path, { viewport: PHONE });
    await page.locator("html[dir=rtl]").waitFor();
    await page.locator(ready).first().waitFor();
    await looksRight(page, shotOf(`he${path.replace("/", "-")}`));
    assert.deepEqual(complaints, []);
  }
});
