/** A disk without a byte left, as a member meets it: Save says so in plain words, what is there is looked at, and with room it goes on. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { type Browser } from "playwright-core";
import { buildWorkbench } from "../../scripts/build-workbench.ts";
import { en } from "../../src/workbench/words/en.ts";
import { counted } from "../../src/workbench/words/words.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { foundedHouse } from "../server/house.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";
import { canMount } from "../small-disk.ts";
import { button, link, PATIENCE, pressAt, SIZES, type Size } from "./deeds.ts";
import { watchedPage } from "./served-house.ts";
import { signIn } from "./workbench-house.ts";

const { care, device, look, save, shell } = en;
const screens = join(import.meta.dirname, "../../dist/workbench");
const FULL = /^The disk is full, so this was not done/;

let folder: string;
let browser: Browser;
let cookie: string;

before(async () => {
  await buildWorkbench();
  folder = await mkdtemp(join(tmpdir(), "placard-full-disk-"));
  {
    await using house = await foundedHouse({ folder: join(folder, "record") });
    cookie = house.cookies.owner;
    await sealPosts(house.folder, [POST]);
  }
  browser = await launchOwnBrowser();
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface SmallDisk extends AsyncDisposable {
  readonly url: string;
  tell(what: "fill" | "free"): Promise<void>;
}

async function startOnSmallDisk(name: string): Promise<SmallDisk> {
  const script = join(import.meta.dirname, "full-disk-house-child.ts");
  const mount = join(folder, name);
  const child = spawn("unshare", ["-rm", process.execPath, script, join(folder, "record"), mount, screens], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = once(child, "exit");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  const url = await next();
  return {
    url,
    tell: async (what) => {
      child.stdin.write(`${what}\n`);
      assert.equal(await next(), what);
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await gone;
    },
  };
}

const skip = canMount() ? false : "no disk of one's own can be mounted here";

for (const size of ["phone", "desk"] as const satisfies readonly Size[]) {
  test(`${size}: Save says that the disk is full, keeps what was typed, and takes it once there is room`, {
    skip,
  }, async () => {
    await using disk = await startOnSmallDisk(size);
    const press = pressAt(size);
    const { page } = await watchedPage(browser, { ...SIZES[size], locale: "en-GB" });
    page.setDefaultTimeout(PATIENCE);
    await signIn(page, disk.url, cookie);
    await page.goto(`${disk.url}/save`);
    const typed = `http://127.0.0.1:1/kept-${size}`;
    await page.getByLabel(save.links).fill(typed);
    await disk.tell("fill");
    await press(button(page, save.send));
    const alert = page.getByRole("alert");
    await alert.getByText(FULL).waitFor();
    await alert.getByText(/^Free some room/).waitFor();
    await page.getByText(save.kept.one).waitFor();
    assert.equal(await page.locator(".saved-row").count(), 0);
    await page.reload();
    await page.getByText(save.kept.one).waitFor();
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "lane.html", mimeType: "text/html", buffer: Buffer.from("<title>lane.html</title>") });
    await page.getByLabel(save.from).fill("a neighbour");
    assert.deepEqual(await alert.allTextContents(), []);
    await press(button(page, save.send));
    await alert.getByText(FULL).waitFor();
    await page.getByText(counted("en", device.files, 1)).waitFor();

    // What is there can be looked at all the same.
    await press(link(page.getByRole("navigation", { name: shell.doors }), shell.look));
    await press(button(page, care.showTitles));
    await press(link(page, /^Notice board/));
    await press(button(page, look.show).first());
    await page.getByText("We were here before the lane had a name.").first().waitFor();

    await disk.tell("free");
    await press(link(page.getByRole("navigation", { name: shell.doors }), shell.save));
    // By itself, without anything being done again.
    await page
      .locator(".saved-row")
      .filter({ hasText: `/kept-${size}` })
      .waitFor();
    await page.getByText(counted("en", device.files, 1)).waitFor({ state: "detached" });
    await page.getByText(save.kept.one).waitFor({ state: "detached" });
    const { exhibits } = (await (await page.request.get(`${disk.url}/api/exhibits?text=lane.html`)).json()) as {
      readonly exhibits: readonly object[];
    };
    assert.equal(exhibits.length, 1);
    await page.context().close();
  });
}
