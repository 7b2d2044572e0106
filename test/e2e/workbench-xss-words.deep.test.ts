/**
 * The payloads of test/vectors/xss.txt in what members and strangers say besides posts: tags, kept searches, noted days, what is
 * sent in and answered, settings, names on the way back to an account; and in a page that is captured. None runs (as workbench-xss.deep.test.ts has it).
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { good } from "../server/house.ts";
import { POST, sealActs } from "../server/sealed-exhibits.ts";
import { takenIn } from "../server/sender.ts";
import { xssPayloads } from "../xss-vectors.ts";
import { insertMembers, renameOwner, wary } from "./wary-page.ts";
import { type OpenWorkbench, openWorkbench } from "./workbench-house.ts";

const PAYLOADS = [...new Set(xssPayloads)].map((text) => text.toWellFormed());
const ALL = PAYLOADS.join(" ");
const GROUP = PAYLOADS.find((text) => text.includes("<script>alert(1)</script>")) ?? "";
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`);

/** A page that says the payloads as text, wherever a page says what it is. */
const PAGE = `<!doctype html><title>${escaped(ALL)}</title>
${["title", "description", "site_name"].map((name) => `<meta property="og:${name}" content="${escaped(ALL)}">`).join("")}
<meta name="author" content="${escaped(ALL)}">
<script type="application/ld+json">${JSON.stringify({
  "@context": "https://schema.org",
  "@type": "SocialMediaPosting",
  headline: ALL,
  articleBody: ALL,
  author: { "@type": "Person", name: ALL, alternateName: ALL },
}).replaceAll("<", "\\u003c")}</script>
<article><h1>${escaped(ALL)}</h1>${PAYLOADS.map((text) => `<p>${escaped(text)}</p>`).join("")}</article>`;

let workbench: OpenWorkbench;
let site: Server;
let filed: string;
let captured: string;
let receipt: string;
let recovery: string;

before(async () => {
  site = createServer((_, response) => void response.writeHead(200, { "content-type": "text/html" }).end(PAGE));
  await once(site.listen(0, "127.0.0.1"), "listening");
  workbench = await openWorkbench({}, GROUP);
  captured = await capture();
  filed = await file();
  receipt = await sendIn();
  recovery = members();
  await set();
});
after(async () => {
  await workbench?.[Symbol.asyncDispose]();
  site?.close();
});

async function capture(): Promise<string> {
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/p/1`;
  const [outcome] = await workbench.house.house.record().capture([url], { allowPrivate: true });
  if (outcome?.outcome === "sealed") return outcome.id;
  throw new Error(JSON.stringify(outcome));
}

/** Tags and a case, of those that can be some. */
async function file(): Promise<string> {
  const { house, cookie } = workbench;
  const tags = PAYLOADS.filter((text) => text.length <= 60 && !/\p{Cc}/u.test(text));
  const ids = await sealActs(
    house.folder,
    Array.from({ length: Math.ceil(tags.length / 20) }, () => POST),
  );
  for (const [i, id] of ids.entries()) {
    const json = { ids: [id], tag: tags.slice(20 * i, 20 * (i + 1)), case: ALL.slice(0, 200) };
    await good(await house.ask("/api/filings", { method: "POST", cookie, json }));
  }
  return ids[0] ?? "";
}

/** Past the forms' bounds, put where the server keeps it. */
async function sendIn(): Promise<string> {
  const links = PAYLOADS.map((text) => `https://links.example/${text}`);
  const declined = await takenIn(workbench.house, { links, words: PAYLOADS.join("\n"), contact: ALL });
  await takenIn(workbench.house, { links, words: ALL, contact: ALL });
  const intake = await workbench.house.house.intake();
  intake.sent.decline(declined.slice(0, 9), ALL);
  intake.door = { open: true, greeting: PAYLOADS.join("\n"), reasons: PAYLOADS };
  return declined;
}

function members(): string {
  const { folder, accounts } = workbench.house;
  const owner = accounts.members.list()[0]?.id ?? "";
  for (const name of PAYLOADS) {
    accounts.searches.keep(`of ${name}`, { name, search: { text: name, case: name, tag: name }, shared: true });
    accounts.occasions.note({ day: "2026-03-14", name, caseName: null, actor: name });
  }
  insertMembers(folder, [ALL]);
  const id = accounts.members.list().find(({ name }) => name === ALL)?.id ?? "";
  const { token } = accounts.recoveries.make({ id: owner, role: "owner" }, id, ALL);
  accounts.recoveries.makeHere(undefined);
  renameOwner(folder, GROUP);
  return token;
}

/** Each name has 200 characters at most. */
async function set(): Promise<void> {
  const { house, cookie } = workbench;
  const { revision } = (await (await good(await house.ask("/api/settings", { cookie }))).json()) as {
    revision: string;
  };
  const names = Array.from({ length: 8 }, (_, i) => ALL.slice(200 * i, 200 * (i + 1)).trim());
  const timestampAuthorities = names.map((name) => ({ name, url: "https://time.example/", hash: "sha256" }));
  const json = { revision, capturedBy: ALL.slice(1600, 1800).trim() || ALL.slice(0, 200), timestampAuthorities };
  await good(await house.ask("/api/settings", { method: "PATCH", cookie, json }));
}

interface Opened {
  readonly page: Page;
  readonly noticed: readonly string[];
  to(path: string): Promise<void>;
}

async function open(options: { readonly as?: string } = {}): Promise<Opened> {
  const { page } = await workbench.open(options.as === undefined ? "/preferences" : "/sign-in", options);
  const noticed = await wary(page);
  const { origin } = new URL(page.url());
  return {
    page,
    noticed,
    to: async (path) => {
      await page.goto("about:blank");
      await page.goto(origin + path);
      await page.locator("h1").waitFor();
    },
  };
}

/** As many payloads as seven words have room for, which is what a headline may have. */
function headlines(): readonly string[] {
  const all: string[] = [];
  for (const text of PAYLOADS) {
    const longer = `${all.at(-1) ?? ""} ${text}`.trim();
    if (all.length > 0 && longer.split(/\s+/).length <= 7) all[all.length - 1] = longer;
    else all.push(text.trim());
  }
  return all;
}

test("captured: what a page says of itself is text on its exhibit's screen, and on its placard", async () => {
  const { page, noticed, to } = await open();
  await to(`/look/${captured}`);
  await page.getByRole("tabpanel").getByRole("button", { name: "Show it" }).first().click();
  await page.locator(".said").waitFor();
  assert.ok((await page.locator("main").innerText()).includes("alert(1)"), "it was captured, and is shown");
  await to(`/show?ids=${encodeURIComponent(JSON.stringify([captured]))}`);
  await page.locator(".covered button").click();
  const sheet = page.frameLocator(".preview iframe").locator("body");
  await sheet.waitFor();
  let laidOut = 0;
  for (const headline of headlines()) {
    const answered = page.waitForResponse((answer) => answer.url().endsWith("/api/placards/preview"));
    await page.getByRole("textbox").first().fill(headline);
    const answer = await answered;
    // An answer to what stood there before may have come late: what is shown is the last one's once nothing is waited for.
    await page.locator('section[aria-busy="false"]').waitFor();
    // One that no line is wide enough for is refused, and said to be.
    if (answer.status() === 400) continue;
    await sheet.waitFor();
    laidOut += 1;
  }
  assert.ok(laidOut > 3, `${laidOut}`);
  assert.deepEqual(noticed, []);
});

test("in tags, kept searches and noted days", async () => {
  const { page, noticed, to } = await open();
  await to(`/look/${filed}`);
  await page.locator("details.more summary").first().waitFor();
  for (const more of await page.locator("details.more summary").all()) await more.click();
  await to("/find?view=charts");
  await page.locator(".chart-drawn svg").first().waitFor();
  await page
    .locator(".occasion")
    .nth(PAYLOADS.length - 1)
    .waitFor();
  for (const more of await page.locator("details.more summary").all()) await more.click();
  const kept = page.locator(".kept-list a");
  assert.equal(await kept.count(), PAYLOADS.length);
  for (let i = 0; i < PAYLOADS.length; i += 10) {
    await kept.nth(i).click();
    await page.waitForURL((url) => url.searchParams.has("tag"));
  }
  assert.deepEqual(noticed, []);
});

test("in what is sent in, and what the form says of itself", async () => {
  const { page, noticed, to } = await open();
  await to("/inbox");
  await page.locator("article").nth(1).waitFor();
  for (const one of await page.locator("article").all()) {
    await one.getByRole("button").first().click();
    await one.locator(".said").first().waitFor();
  }
  await page.getByRole("button", { name: "Do not take it" }).first().click();
  await to("/intake");
  await page.locator("textarea[name=reasons]").waitFor();
  await page.getByRole("button", { name: "Keep it so" }).waitFor();
  assert.deepEqual(noticed, []);
});

test("in settings, in what is found of their health, and among members", async () => {
  const { page, noticed, to } = await open();
  await to("/settings");
  await page.getByText(ALL.slice(200, 240).trim()).first().waitFor();
  await to("/people");
  for (const log of await page.getByRole("button", { name: /Sign-ins of/ }).all()) await log.click();
  for (const path of ["/", "/keep", "/health", "/account"]) await to(path);
  assert.deepEqual(noticed, []);
});

test("to strangers: the form, a receipt, an invitation, and the way back to an account", async () => {
  const { page, noticed, to } = await open({ as: "" });
  await to("/send");
  await page.locator(".greeting").waitFor();
  await to("/send#code");
  await page.locator("#code").fill(receipt);
  await page.keyboard.press("Enter");
  await page.locator("main h2").waitFor();
  assert.ok((await page.locator("main").innerText()).includes("alert(1)"), "the reason is shown");
  const { accounts } = workbench.house;
  const owner = accounts.members.list().find(({ role }) => role === "owner")?.id ?? "";
  const { token } = accounts.invitations.invite({ id: owner, role: "owner" }, "guest");
  await to(`/join#${token}`);
  await page.getByText(GROUP).first().waitFor();
  await to(`/recover#${recovery}`);
  await page.locator("input[name=password]").waitFor();
  assert.deepEqual(noticed, []);
});
