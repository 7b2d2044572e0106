/** Save, every deed of it, on a telephone and at a desk: seen step by step, cancelled, tried again, handed in, dropped. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { en } from "../../src/workbench/words/en.ts";
import { counted } from "../../src/workbench/words/words.ts";
import { good } from "../server/house.ts";
import { saverIn } from "../server/saver.ts";
import { waczMembers, zipOf } from "../wacz-fixture.ts";
import { button, link, openAt, type Size } from "./deeds.ts";
import { type HeldSite, startHeldSite } from "./held-site.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

const { save } = en;
const SPREADSHEET = join(import.meta.dirname, "../vectors/links.xlsx");
const MANY = 40;
/** Of a capture, where others work beside it. */
const LONG = { timeout: 120_000 };

let workbench: OpenWorkbench;
let site: HeldSite;

before(async () => {
  workbench = await openWorkbench({ allowPrivate: true });
});
after(() => workbench?.[Symbol.asyncDispose]());
afterEach(() => site?.[Symbol.asyncDispose]());

const rowOf = (page: Page, path: string) =>
  page.locator(".saved-row").filter({ has: page.getByText(new RegExp(`${path}$`)) });

/** All that the row of this link says of how it stands, in order. */
async function noteStates(page: Page, path: string): Promise<() => Promise<readonly string[]>> {
  await page.evaluate((ends) => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    const look = (): void => {
      const rows = [...document.querySelectorAll(".saved-row")];
      const row = rows.find((one) => one.querySelector(".saved-link")?.textContent?.endsWith(ends));
      const said = (row?.querySelector(".chip")?.textContent ?? "").replace(/\W*\S+ seconds?\W*$/, "");
      if (said !== "" && seen.at(-1) !== said) seen.push(said);
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, path);
  return () => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
}

/** Of what `path` ends in: the newest of it. */
async function linkIn(path: string) {
  const batches = await saverIn(workbench.house, workbench.cookie).batches();
  return batches.flatMap(({ links }) => links).find(({ url }) => url.endsWith(path));
}

async function exhibit(id: string) {
  const answer = await good(await workbench.house.ask(`/api/exhibits/${id}`, { cookie: workbench.cookie }));
  return (await answer.json()) as { readonly exhibit: { readonly kind: string; readonly caseName: string | null } };
}

/** Whether these very bytes lie in the record. */
function isKept(bytes: Uint8Array): boolean {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return readFileSync(join(workbench.house.folder, "vault/blobs", sha256.slice(0, 2), sha256)).equals(bytes);
}

for (const size of ["phone", "desk"] as const satisfies readonly Size[]) {
  test(`${size}: forty are pasted and wait; all but one are cancelled, and that one is seen step by step until it is sealed`, async () => {
    site = await startHeldSite();
    const { page, press, complaints, close } = await openAt(size, workbench, "/save");
    const paths = Array.from({ length: MANY }, (_, i) => `/held/${size}-${i}`);
    const states = await noteStates(page, paths[0] as string);
    await page.getByLabel(save.links).fill(paths.map((path) => site.origin + path).join("\n"));
    await press(button(page, save.send));
    await rowOf(page, paths.at(-1) as string).waitFor();
    assert.equal(
      await page
        .locator(".saved-row")
        .filter({ hasText: `/held/${size}-` })
        .count(),
      MANY,
    );
    await page.getByText(counted("en", save.sums.working, MANY)).waitFor();
    await rowOf(page, paths[0] as string)
      .getByText(save.state.opening)
      .or(rowOf(page, paths[0] as string).getByText(save.state.recording))
      .waitFor();
    await rowOf(page, paths.at(-1) as string)
      .getByText(save.state.queued)
      .waitFor();
    // From the last: what waits does not begin meanwhile.
    for (const path of paths.slice(1).toReversed()) {
      const row = rowOf(page, path);
      await press(button(row, save.cancel));
      await row.getByText(save.state.cancelled).waitFor();
    }
    site.release();
    await rowOf(page, paths[0] as string)
      .getByText(save.state.sealed)
      .waitFor(LONG);
    const seen = await states();
    assert.equal(seen.at(-1), save.state.sealed, seen.join());
    assert.ok(seen.includes(save.state.opening) || seen.includes(save.state.recording), seen.join());
    assert.ok(seen.indexOf(save.state.sealed) >= 2, `sealed without being seen on its way: ${seen.join()}`);
    const done = await Promise.all(paths.map(linkIn));
    assert.deepEqual(
      done.map((one) => one?.state),
      ["sealed", ...paths.slice(1).map(() => "cancelled")],
    );
    assert.ok(new Set(site.asked.filter((path) => path.startsWith("/held/"))).size <= 4, site.asked.join());
    assert.equal((await exhibit(done[0]?.exhibit ?? "")).exhibit.kind, "captured");
    await press(link(rowOf(page, paths[0] as string), save.look));
    await page.waitForURL(new RegExp(`/look/${done[0]?.exhibit}$`));
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${size}: what was not captured says why, and is tried again once it is there; so is what was cancelled`, async () => {
    site = await startHeldSite();
    const [missing, held] = [`/mended/${size}`, `/held/${size}-again`];
    const { page, press, complaints, close } = await openAt(size, workbench, "/save");
    await page.getByLabel(save.links).fill(`${site.origin}${missing} ${site.origin}${held}`);
    await press(button(page, save.send));
    await rowOf(page, missing).getByText("The server answered 404").waitFor(LONG);
    // Cancelled while its page is open and does not answer.
    while (!site.asked.includes(held)) await sleep(100);
    await press(button(rowOf(page, held), save.cancel));
    await rowOf(page, held).getByText(save.state.cancelled).waitFor();
    site.mend();
    site.release();
    await press(button(rowOf(page, missing), save.retry));
    await rowOf(page, missing).getByText(save.state.sealed).waitFor(LONG);
    await press(button(rowOf(page, held), save.retry));
    await rowOf(page, held).getByText(save.state.sealed).waitFor(LONG);
    for (const path of [missing, held]) {
      const one = await linkIn(path);
      assert.equal(one?.state, "sealed");
      assert.equal((await exhibit(one?.exhibit ?? "")).exhibit.kind, "captured");
    }
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${size}: a saved page is dropped, an archive and a spreadsheet of links are chosen, and all of it is taken in`, async () => {
    const { page, press, complaints, close } = await openAt(size, workbench, "/save");
    const archive = await zipOf(waczMembers());
    const words = `<!doctype html><title>Lane ${size}</title><p>Dropped on the ${size}.`;
    const drop = page.locator(".drop");
    const dataTransfer = await page.evaluateHandle((text) => {
      const dragged = new DataTransfer();
      dragged.items.add(new File([text], "dropped.html", { type: "text/html" }));
      return dragged;
    }, words);
    for (const step of ["dragenter", "dragover", "drop"]) await drop.dispatchEvent(step, { dataTransfer });
    await page
      .getByRole("list", { name: counted("en", save.waitingFiles, 1) })
      .getByText("dropped.html")
      .waitFor();
    const choosing = page.waitForEvent("filechooser");
    await press(button(page, save.choose));
    const spreadsheet = { name: "links.xlsx", mimeType: "", buffer: readFileSync(SPREADSHEET) };
    const wacz = { name: `lane-${size}.wacz`, mimeType: "application/zip", buffer: Buffer.from(archive) };
    await (await choosing).setFiles([wacz, spreadsheet]);
    await page.getByRole("list", { name: counted("en", save.waitingFiles, 3) }).waitFor();
    await page.getByLabel(save.from).fill("Dana, by e-mail");
    await press(page.locator("summary", { hasText: save.more }));
    await page.getByLabel(save.case).fill(`Files ${size}`);
    await press(button(page, save.send));
    const taken = page.getByRole("list", { name: save.handedIn });
    await taken.getByText(counted("en", save.linksInIt, 4)).waitFor();
    assert.equal(await taken.getByText(save.state.sealed, { exact: true }).count(), 2);
    for (const path of ["/p/4", "/p/3?a=1&b=2"])
      await page.locator(".saved-row").filter({ hasText: path }).first().waitFor();
    // Nobody is at home there.
    const open = page
      .locator(".saved-row")
      .filter({ hasText: "townsquare.example" })
      .getByRole("button", { name: save.cancel });
    for (let left = await open.count(); left > 0; left = await open.count())
      await open
        .last()
        .click({ timeout: 2_000 })
        .catch(() => undefined);
    const [batch] = await saverIn(workbench.house, workbench.cookie).batches();
    assert.deepEqual(
      batch?.links.map(({ url }) => url),
      ["1", "2", "4", "3?a=1&b=2"].map((end) => `https://townsquare.example/p/${end}`),
    );
    assert.equal(batch?.caseName, `Files ${size}`);
    assert.ok(isKept(Buffer.from(words)) && isKept(archive));
    for (const [name, kind] of [
      ["dropped.html", "html"],
      [wacz.name, "wacz"],
    ] as const) {
      const row = taken.getByRole("listitem").filter({ hasText: name });
      const href = (await link(row, save.look).getAttribute("href")) ?? "";
      const told = await exhibit(href.replace("/look/", ""));
      assert.deepEqual([told.exhibit.kind, told.exhibit.caseName], ["received", `Files ${size}`], kind);
    }
    await press(link(taken.getByRole("listitem").filter({ hasText: wacz.name }), save.look));
    await page.getByText("Dana, by e-mail").first().waitFor();
    // A link that came to its end by itself just as it was to be cancelled.
    const others = complaints.filter((one) => !one.includes("status of 409 (Conflict)"));
    assert.deepEqual(others, []);
    await close();
  });
}

test("five hundred are pasted at once, and each has its row; five hundred and one are not taken, and stay where they were typed", async () => {
  await using own = await openWorkbench();
  // Without its browser all of them wait.
  await writeFile(join(own.house.folder, "config.json"), JSON.stringify({ browser: join(own.house.folder, "none") }));
  const { page, press, complaints } = await openAt("desk", own, "/save");
  const links = (count: number, of: string): string =>
    Array.from({ length: count }, (_, i) => `https://townsquare.example/${of}/${i}`).join("\n");
  const field = page.locator("textarea[name=links]");
  await field.fill(links(500, "p"));
  await press(button(page, save.send));
  const rows = page.locator(".saved-row");
  await rows.nth(499).waitFor();
  assert.equal(await rows.count(), 500);
  assert.equal(await field.inputValue(), "");
  await field.fill(links(501, "q"));
  await press(button(page, save.send));
  await page.getByText("more than 500 links").waitFor();
  assert.equal(await field.inputValue(), links(501, "q"));
  assert.equal(await rows.count(), 500);
  assert.deepEqual(
    complaints.filter((text) => !text.includes("413")),
    [],
  );
});
