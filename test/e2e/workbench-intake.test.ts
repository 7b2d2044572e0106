/** Somebody without an account sends something in from a telephone and comes back with the code; a member takes it at a desk. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { startManyLinks } from "../many-links-site.ts";
import { good } from "../server/house.ts";
import { sendIn } from "../server/sender.ts";
import { xssPayloads } from "../xss-vectors.ts";
import { looksRight } from "./served-house.ts";
import { wary } from "./wary-page.ts";
import { type OpenWorkbench, openWorkbench, PHONE } from "./workbench-house.ts";

const CODE = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}/;
const GREETING = "Posts about the bins on the lane.\nWe read English and Hebrew.";
let workbench: OpenWorkbench;
let site: Awaited<ReturnType<typeof startManyLinks>>;
let png: Buffer;
let code = "";

before(async () => {
  workbench = await openWorkbench({ allowPrivate: true });
  site = await startManyLinks(1);
  const drawing =
    '<svg width="300" height="420"><rect x="30" y="40" width="240" height="90" rx="12" fill="#8a5a12"/></svg>';
  png = await sharp({ create: { width: 360, height: 480, channels: 3, background: "#d8d0c0" } })
    .composite([{ input: Buffer.from(drawing) }])
    .png()
    .toBuffer();
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
});

const shotOf = (name: string): { readonly shot?: string } => {
  const shots = process.env["PLACARD_SHOTS"];
  return shots ? { shot: join(shots, name) } : {};
};
const pictureFile = (name: string) => ({ name, mimeType: "image/png", buffer: png });

test("an owner opens the form, and has its address to hand out", async () => {
  const { page, complaints } = await workbench.visit("/send", { viewport: PHONE });
  await page.getByRole("heading", { name: "Nothing can be sent here now." }).waitFor();
  await looksRight(page, shotOf("intake-closed"));
  const { page: desk, complaints: atDesk } = await workbench.visit("/");
  await desk.getByRole("button", { name: /^You: / }).click();
  await desk.getByRole("link", { name: "A form for others" }).click();
  await desk.getByLabel("What you want to be sent").fill(GREETING);
  await desk.getByLabel("The form is open").click();
  await desk.getByRole("button", { name: "Keep it so" }).click();
  await desk.getByText("Kept.").waitFor();
  await desk.getByRole("img", { name: "QR code of the form’s address" }).waitFor();
  assert.match(await desk.locator(".door-address input").inputValue(), /^http:\/\/localhost:\d+\/send$|\/send$/);
  await looksRight(desk, shotOf("intake-door"));
  assert.deepEqual([...complaints, ...atDesk], []);
});

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel("Links").fill(`Look at this: ${site.links(1)[0]}`);
  await page.locator("#pictures").setInputFiles([pictureFile("one.png"), pictureFile("two.png")]);
  await page.getByRole("button", { name: /^Leave out .*two\.png/ }).click();
  await page.getByLabel("A few words, if you like").fill("Both will be gone by tonight.");
  await page.getByLabel("How to reach you, if you like").fill("Dana, 050-0000000");
}

/** Where words of the sender's lie. */
const keptOf = (page: Page, words = "tonight"): Promise<{ tab: boolean; device: boolean }> =>
  page.evaluate((said) => {
    const has = (room: Storage): boolean => JSON.stringify({ ...room }).includes(said);
    return { tab: has(sessionStorage), device: has(localStorage) };
  }, words);

test("a sender on a telephone: what is missing is said, nothing typed is lost, and the code comes once", async () => {
  const { page, complaints } = await workbench.visit("/send", { viewport: PHONE });
  await page.context().clearCookies();
  await page.getByRole("heading", { name: "Send us a post." }).waitFor();
  await page.getByText("Posts about the bins on the lane.").waitFor();
  await page.getByRole("button", { name: "Send", exact: true }).last().click();
  await page.getByText("Add a link or a screenshot first.").waitFor();
  await fillIn(page);
  await looksRight(page, shotOf("intake-form"));
  await page.getByRole("button", { name: "עברית" }).click();
  await page.locator("html[dir=rtl]").waitFor();
  assert.equal(await page.locator("#words").inputValue(), "Both will be gone by tonight.");
  await looksRight(page, shotOf("intake-form-he"));
  await page.getByRole("button", { name: "English" }).click();
  const sending = page.locator("form").getByRole("button", { name: "Send", exact: true });
  await page.context().setOffline(true);
  await sending.click();
  await page.getByText("Not sent: no answer came.").waitFor();
  await page.context().setOffline(false);
  assert.deepEqual(await keptOf(page), { tab: true, device: false }, "not for whoever comes after, in another tab");
  // The first answer is lost on its way, and the page is closed; pressed again, it is taken in once.
  let lost = 0;
  await page.route("**/api/intake/sent", async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await sending.click();
  await page.getByText("No answer came.").waitFor();
  await page.reload();
  await page.getByText(/These were chosen before\..*one\.png/).waitFor();
  assert.equal(await page.locator("#words").inputValue(), "Both will be gone by tonight.");
  assert.equal(await page.locator("#contact").inputValue(), "Dana, 050-0000000");
  await looksRight(page, shotOf("intake-form-again"));
  await page.locator("#pictures").setInputFiles([pictureFile("one.png")]);
  await page.getByText("These were chosen before.").waitFor({ state: "detached" });
  await sending.press("Enter");
  await page.getByRole("heading", { name: "It has arrived." }).waitFor();
  assert.deepEqual(await keptOf(page), { tab: false, device: false });
  assert.equal(await page.evaluate(() => sessionStorage.getItem("placard-send")), null);
  code = CODE.exec((await page.locator(".code").textContent()) ?? "")?.[0] ?? "";
  assert.notEqual(code, "");
  await looksRight(page, shotOf("intake-code"));
  await page.getByRole("button", { name: "See how it stands" }).click();
  await page.getByText("Nobody has looked at it yet.").waitFor();
  await looksRight(page, shotOf("intake-receipt"));
  assert.deepEqual(
    complaints.filter((text) => !/ERR_FAILED|ERR_INTERNET_DISCONNECTED/.test(text)),
    [],
  );
  const { house, cookie } = workbench;
  const { sent } = (await (await good(await house.ask("/api/inbox", { cookie }))).json()) as { sent: unknown[] };
  assert.equal(sent.length, 1);
});

test("a member at a desk looks, takes both, and the sender sees it; taken back, the members are asked to erase", async () => {
  const { page, complaints } = await workbench.visit("/");
  await page.getByRole("link", { name: "Something was sent in and waits for you." }).waitFor();
  await looksRight(page, shotOf("intake-home"));
  await page.getByRole("link", { name: "Something was sent in" }).click();
  const open = page.getByRole("button", { name: /^Look at receipt/ });
  await open.waitFor();
  assert.ok(!((await page.locator("main").textContent()) ?? "").includes("gone by tonight"));
  await looksRight(page, shotOf("intake-inbox"));
  await open.click();
  await page.getByText("Both will be gone by tonight.").waitFor();
  assert.equal(await page.locator("main img").count(), 0);
  await page.getByRole("button", { name: "Show it" }).or(page.locator(".covered-ask button")).first().click();
  await page.waitForFunction(() => (document.querySelector<HTMLImageElement>("main img")?.naturalWidth ?? 0) > 0);
  await looksRight(page, shotOf("intake-opened"));
  await page.getByRole("button", { name: "Save these links" }).click();
  await page.getByRole("button", { name: "Take it in" }).click();
  await page.getByRole("link", { name: "Look at the post" }).nth(1).waitFor({ timeout: 60_000 });
  await looksRight(page, shotOf("intake-taken"));

  const { page: phone, complaints: onPhone } = await workbench.open("/send#code", { viewport: PHONE });
  await phone.getByLabel("Your code").fill(code.toLowerCase().replaceAll("-", " "));
  await phone.keyboard.press("Enter");
  await phone.getByRole("heading", { name: "It was taken." }).waitFor();
  assert.equal(await phone.getByText("Saved, and sealed").count(), 2);
  await phone.getByLabel("Add a word").fill("Thank you.");
  await phone.getByRole("button", { name: "Send it" }).click();
  await phone.getByText("It has been added.").waitFor();
  await looksRight(phone, shotOf("intake-standing"));
  // What is said meanwhile is heard at the desk without a reload.
  await page.getByText("Thank you.").waitFor();
  await phone.getByRole("button", { name: "Take it back" }).click();
  await phone.getByRole("button", { name: "Yes, take it back" }).click();
  await phone.getByRole("heading", { name: "You have taken it back." }).waitFor();
  await phone.getByText("The members", { exact: false }).first().waitFor();
  await looksRight(phone, shotOf("intake-taken-back"));
  await page.getByText("asks you to erase what is sealed of it").waitFor();
  await looksRight(page, shotOf("intake-to-erase"));
  assert.deepEqual([...complaints, ...onPhone], []);
  await phone.context().close();
});

test("on a device that others use, the form is emptied with one press", async () => {
  const { page } = await workbench.visit("/send", { viewport: PHONE });
  const empty = page.getByRole("button", { name: "Empty the form" });
  await page.getByText("stays in this tab").waitFor();
  assert.ok(await empty.isHidden());
  await page.getByLabel("A few words, if you like").fill("Seen from the tram.");
  await empty.click();
  assert.equal(await page.locator("#words").inputValue(), "");
  assert.deepEqual(await keptOf(page, "tram"), { tab: false, device: false });
  await page.reload();
  await page.locator("#words").waitFor();
  assert.equal(await page.locator("#words").inputValue(), "");
});

test("hostile words run nowhere; a reason is given and read; in Hebrew, on a telephone", async () => {
  const { house, cookie } = workbench;
  const all = xssPayloads.join(" ").toWellFormed();
  const links = "https://x.example/%3Cscript%3E?<img/src=x>";
  const sent = await sendIn(house.ask, { links, words: all.slice(0, 4000), contact: all.slice(0, 300) });
  const json = { open: true, greeting: all.slice(0, 2000), reasons: [all.slice(0, 400)] };
  await good(await house.ask("/api/intake/door", { method: "PUT", cookie, json }));
  const { page } = await workbench.visit("/preferences", { viewport: PHONE });
  const noticed = await wary(page);
  await page.goto(new URL("/send", page.url()).href);
  await page.locator(".greeting").waitFor();
  await page.goto(new URL("/inbox", page.url()).href);
  await page.getByRole("button", { name: `Look at receipt \u2068${sent.slice(0, 9)}\u2069` }).click();
  await page.locator(".said").first().waitFor();
  await page.getByRole("button", { name: "Do not take it" }).click();
  await page.getByLabel("Why is it not taken?").selectOption({ index: 1 });
  await looksRight(page, shotOf("intake-decline"));
  await page.getByRole("button", { name: "Tell the sender so" }).click();
  await page.getByRole("button", { name: "Take it up again" }).waitFor();
  await good(await house.ask("/api/me/preferences", { method: "PATCH", cookie, json: { language: "he" } }));
  await page.goto(new URL("/intake", page.url()).href);
  await page.locator("html[dir=rtl]").waitFor();
  await page.locator(".door-qr").waitFor();
  await looksRight(page, shotOf("intake-door-he"));
  await page.goto(new URL("/inbox", page.url()).href);
  await page.locator(".to-erase").waitFor();
  await looksRight(page, shotOf("intake-inbox-he"));
  await page.goto(new URL("/send#code", page.url()).href);
  await page.locator("#code").fill(sent);
  await page.keyboard.press("Enter");
  await page.locator("main h2").waitFor();
  await looksRight(page, shotOf("intake-receipt-he"));
  assert.deepEqual(noticed, []);
});
