/** A page in which whatever a payload could do is noticed: run, open a window, leave the page, or reach another host. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "playwright-core";

/** Where the workbench and its sandbox are. */
const OWN: ReadonlySet<string> = new Set(["localhost", "127.0.0.1"]);

/** The replaying program may not draw its emblem with styles within the sandbox's page (src/server/sandbox.ts). */
const EMBLEM = /^stopped: style-src-\w+ inline .*\/127\.0\.0\.1:\d+$/;

/** Everything noticed, in words; empty where nothing was. */
export async function wary(page: Page): Promise<readonly string[]> {
  const noticed: string[] = [];
  const context = page.context();
  // In every frame, those of the sandbox too, where no dialog may open.
  await context.addInitScript(() => {
    const ran = (): undefined => void console.error("ran: a payload");
    Object.assign(globalThis, { alert: ran, confirm: ran, prompt: ran });
  });
  context.on("page", (opened) => noticed.push(`opened: ${opened.url()}`));
  context.on("dialog", (dialog) => {
    noticed.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(?:https?|wss?|ftp):$/.test(protocol) && !OWN.has(hostname)) noticed.push(`fetched: ${request.url()}`);
  });
  context.on("weberror", (error) => noticed.push(`error: ${error.error()}`));
  page.on("console", (message) => {
    if (/^(?:ran|stopped):/.test(message.text()) && !EMBLEM.test(message.text())) noticed.push(message.text());
  });
  return noticed;
}

/** Members who cannot sign in, put where the server keeps them: the form would take few of these names. */
export function insertMembers(folder: string, names: readonly string[]): void {
  using raw = new DatabaseSync(join(folder, "members.sqlite"), { timeout: 10_000 });
  const insert = raw.prepare(
    `INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "twoFactorEnabled", "role", "actor")
     VALUES (?, ?, ?, 0, ?, ?, 0, 'contributor', ?)`,
  );
  const now = new Date().toISOString();
  raw.exec("BEGIN");
  for (const [i, name] of names.entries())
    insert.run(randomBytes(16).toString("hex"), name, `${i} ${name}`, now, now, `actor-${i}`);
  raw.exec("COMMIT");
}

export function renameOwner(folder: string, name: string): void {
  using raw = new DatabaseSync(join(folder, "members.sqlite"), { timeout: 10_000 });
  raw.prepare(`UPDATE "user" SET "name" = ? WHERE "role" = 'owner'`).run(name);
}
