/** A group begun, and joined, with a passkey and no password; and what there is on the account page of who has none. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Browser, type Page } from "playwright-core";
import { en } from "../../src/workbench/words/en.ts";
import { he } from "../../src/workbench/words/he.ts";
import { launchOwnBrowser } from "../own-browser.ts";
import { arrive, emailOf, found, good, PASSWORD, SETUP_TOKEN } from "../server/house.ts";
import { looksRight, servedHouse, watchedPage } from "./served-house.ts";
import { addPasskeyDevice } from "./virtual-passkeys.ts";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
/** A folder for pictures of the screens, for whoever wants to look at them. */
const shots = process.env["PLACARD_SHOTS"];
const shot = (name: string) => (shots === undefined ? {} : { shot: `${shots}/${name}` });

let browser: Browser;
before(async () => {
  browser = await launchOwnBrowser();
});
after(async () => {
  await browser?.close();
});

const byName = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function tell(page: Page, name: string, email: string): Promise<void> {
  await page.locator('[name="name"]').fill(name);
  await page.locator('[name="email"]').fill(email);
}

test("a group begins on a desk with a passkey; a password is added, and the last passkey stays meanwhile", async () => {
  await using served = await servedHouse();
  const { enter, account, shell } = en;
  const { page, complaints } = await watchedPage(browser, { viewport: DESK, locale: "en-GB" });
  const device = await addPasskeyDevice(page);
  await page.goto(`${served.url}/start#${SETUP_TOKEN}`);
  await page.locator('[name="group"]').fill("Northside Monitor");
  await tell(page, "Ruth", "ruth@example.org");
  await looksRight(page, shot("passkey-start-desk-en"));

  await device.refuse();
  await byName(page, enter.start.begin).click();
  await page.getByRole("alert").getByText(enter.wayIn.cancelled).waitFor();
  assert.equal(served.house.house.isFounded, false, "nothing was made");
  await device.agree();
  await byName(page, enter.start.begin).click();
  await page.getByRole("heading", { name: shell.home.title }).waitFor();

  await page.goto(`${served.url}/account`);
  await page.getByText(account.password.wayBack).waitFor();
  await page.getByText(account.app.needsPassword).waitFor();
  await looksRight(page, shot("passkey-account-desk-en"));
  await page.getByRole("button", { name: new RegExp(`^${account.passkeys.remove} `) }).click();
  await page.getByRole("alert").getByText(account.passkeys.onlyWay).waitFor();
  await addPasskeyDevice(page, "usb");
  await byName(page, account.passkeys.add).click();
  await page.getByText(account.passkeys.added).waitFor();
  assert.equal(await page.getByRole("button", { name: new RegExp(`^${account.passkeys.remove} `) }).count(), 2);
  const { passkeys } = account;
  const focused = page.locator("*:focus");
  const rename = page.getByRole("button", { name: new RegExp(`^${passkeys.rename} `) }).first();
  await rename.focus();
  await page.keyboard.press("Enter");
  await page.getByLabel(passkeys.name).fill("Another name");
  await page.keyboard.press("Escape");
  assert.match((await focused.getAttribute("aria-label")) ?? "", new RegExp(`^${passkeys.rename} `));
  assert.equal(await page.getByText("Another name").count(), 0, "called off");
  const removes = page.getByRole("button", { name: new RegExp(`^${passkeys.remove} `) });
  await removes.first().focus();
  await page.keyboard.press("Enter");
  await page
    .getByRole("status")
    .getByText(/^Removed: /)
    .waitFor();
  assert.equal(await removes.count(), 1);
  assert.match((await focused.getAttribute("aria-label")) ?? "", new RegExp(`^${passkeys.remove} `), "the next row");
  await byName(page, account.password.set).click();
  await page.locator('[name="next"]').fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByText(account.password.isSet).waitFor();
  await page.getByRole("link", { name: account.app.setUp }).waitFor();
  await page.getByText(account.signIns.methods["password-set"]).waitFor();
  assert.deepEqual(
    complaints.filter((text) => !text.includes("status of 409")),
    [],
  );
  await page.context().close();
});

test("somebody joins on a phone, in Hebrew, with a passkey; comes back by it; an address that is taken makes nothing", async () => {
  await using served = await servedHouse();
  const { house } = served;
  await good(await found(house));
  const { cookie } = await arrive(house, emailOf("owner"));
  const asked = { method: "POST", cookie, json: { role: "contributor" } };
  const { link } = (await (await good(await house.ask("/api/invitations", asked))).json()) as { link: string };
  const { enter, shell } = he;
  const { page, complaints } = await watchedPage(browser, { viewport: PHONE, locale: "he-IL" });
  await addPasskeyDevice(page);
  await page.goto(link);
  await tell(page, "רות", emailOf("owner"));
  await looksRight(page, shot("passkey-join-phone-he"));
  await byName(page, enter.join.button).click();
  await page.getByRole("alert").waitFor();
  await page.locator('input[value="password"]').check();
  await page.locator('[name="password"]').waitFor();
  await looksRight(page, shot("password-join-phone-he"));
  // Given up, and come back by the same link.
  await page.reload();
  await tell(page, "רות", "ruth@example.org");
  await byName(page, enter.join.button).click();
  await page.getByRole("heading", { name: shell.home.title }).waitFor();
  await page.goto(`${served.url}/account`);
  await page.getByText(he.account.password.wayBack).waitFor();
  await looksRight(page, shot("passkey-account-phone-he"));

  await page.context().clearCookies();
  await page.goto(`${served.url}/sign-in`);
  await byName(page, enter.signIn.passkey).click();
  await page.getByRole("heading", { name: shell.home.title }).waitFor();
  assert.deepEqual(
    complaints.filter((text) => !text.includes("status of 409")),
    [],
  );
  await page.context().close();
});

test("where a browser makes no passkeys, a password is all that is asked for", async () => {
  await using served = await servedHouse();
  const { page } = await watchedPage(browser, { viewport: PHONE, locale: "en-GB" });
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "PublicKeyCredential");
  });
  await page.goto(`${served.url}/start#${SETUP_TOKEN}`);
  await page.locator('[name="password"]').waitFor();
  assert.equal(await page.locator("input[type=radio]").count(), 0);
  await page.context().close();
});
