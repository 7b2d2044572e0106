/** From signing in to a placard with keys alone: what has the focus is always to be seen, and nothing keeps it. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { en } from "../../src/workbench/words/en.ts";
import { codeAt, emailOf, PASSWORD } from "../server/house.ts";
import { POST, sealPosts } from "../server/sealed-exhibits.ts";
import { focused } from "./by-keys.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

const { care, enter, look, save, shell, show } = en;
const MOST_TABS = 60;

let workbench: OpenWorkbench;
before(async () => {
  workbench = await openWorkbench({ allowPrivate: true });
  await sealPosts(workbench.house.folder, [POST]);
});
after(() => workbench?.[Symbol.asyncDispose]());

/** On with Tab until what is called so has the focus; whatever is passed has to be seen to have it. */
async function tabTo(page: Page, name: string, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press(key);
    const now = await page.evaluate(focused);
    passed.push(now.name);
    assert.ok(now.isSeen || now.isFrame, `${now.name.slice(0, 80)} has the focus, and that is not to be seen`);
    if (now.name === name) return;
  }
  assert.fail(`Tab does not lead to “${name}”: ${passed.join(" | ")}`);
}

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

test("sign in, save a link, look, uncover, cover, make a placard: with keys alone", async () => {
  const { page, complaints } = await workbench.open("/sign-in");
  await page.context().clearCookies();
  await page.goto(new URL("/", page.url()).href);
  await heading(page, enter.signIn.title).waitFor();
  await tabTo(page, enter.email);
  await page.keyboard.type(emailOf("owner"));
  await tabTo(page, enter.password);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await heading(page, enter.signIn.codeTitle).waitFor();
  await tabTo(page, enter.signIn.code);
  await page.keyboard.type(codeAt(workbench.secret, Date.now() + 30_000));
  await page.keyboard.press("Enter");
  await heading(page, shell.home.title).waitFor();

  await page.reload();
  await heading(page, shell.home.title).waitFor();
  await press(page, shell.skip);
  await page.keyboard.press("Tab");
  assert.ok((await page.evaluate(focused)).name.startsWith(shell.home.save), "skipped the bar");
  await page.keyboard.press("Enter");
  await heading(page, save.title).waitFor();
  await tabTo(page, save.links);
  await page.keyboard.type("http://127.0.0.1:1/by-keyboard");
  await press(page, save.send);
  await page.locator(".saved-row").getByText("/by-keyboard").waitFor();

  await press(page, shell.look);
  await heading(page, look.title).waitFor();
  await page.locator(".exhibit-row").waitFor();
  await press(page, care.showTitles);
  await page.getByRole("link", { name: /^Notice board/ }).focus();
  await page.keyboard.press("Enter");
  await heading(page, "Notice board").waitFor();
  await tabTo(page, look.tabs.post);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await press(page, look.show);
  await page.locator(".said").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".said").waitFor({ state: "detached" });
  await heading(page, care.aPost).waitFor();

  await press(page, look.erase);
  await heading(page, look.eraseTitle).waitFor();
  await page.keyboard.press("Escape");
  await heading(page, look.eraseTitle).waitFor({ state: "hidden" });
  assert.equal((await page.evaluate(focused)).name, look.erase, "back to where it was opened from");

  await tabTo(page, look.placard, "Shift+Tab");
  await page.keyboard.press("Enter");
  await heading(page, show.title).waitFor();
  await tabTo(page, show.headline);
  await page.keyboard.type("Said in public");
  await press(page, look.show);
  await page.locator(".preview iframe").waitFor({ timeout: 30_000 });
  // Into the frame and out of it again.
  await tabTo(page, look.hide);
  await tabTo(page, show.print, "Shift+Tab");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  assert.equal((await download).suggestedFilename(), "placards.pdf");
  assert.deepEqual(
    complaints.filter((text) => text.startsWith("stopped")),
    [],
  );
});
