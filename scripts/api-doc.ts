/** Writes docs/api.md from what the server says of itself, and from the table of who may do what. Run: `node scripts/api-doc.ts`. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACCESS, type Allowed, ROLES } from "../src/server/access.ts";
import { openAccounts } from "../src/server/accounts/open.ts";
import { createApp } from "../src/server/app.ts";
import { openHouse } from "../src/server/house.ts";

export const API_DOC = join(import.meta.dirname, "..", "docs", "api.md");

const HEAD = `# The server's interface, for programs

The workbench talks to the server by these routes, and so may a program that signs in as a member does. Each is described
in full, with what it takes and answers, at \`/api/openapi.json\` (OpenAPI 3.1). Made by \`node scripts/api-doc.ts\`;
do not edit it by hand.

- Whoever may not is answered 401 (signed out) or 403 (the role does not allow it, or the second factor is missing).
- An error is \`{"error":{"code":…,"message":…,"next":…}}\`, with the codes of [cli.md](cli.md) and a status that fits. Its
  sentences are English; \`told\` and \`toldNext\` beside them say the same as a code with values, for other languages.
- A request that changes something is refused where it says that it comes from another site (\`Origin\`,
  \`Sec-Fetch-Site\`); one that sends a form has to say that it comes from the workbench's own.
- \`HEAD\` is answered 405 everywhere.
- Times are RFC 3339, in UTC.
`;

export interface Operation {
  readonly description?: string;
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>;
}
export type ApiPaths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** What the server says of its own routes, by path and method. */
export async function apiPaths(): Promise<ApiPaths> {
  const root = mkdtempSync(join(tmpdir(), "placard-api-"));
  try {
    await using house = await openHouse(join(root, "record"));
    await using accounts = await openAccounts(join(root, "record"), { baseUrl: "http://localhost:8000" });
    const answer = await createApp({ house, accounts, screens: root }).request("/api/openapi.json");
    return ((await answer.json()) as { readonly paths: ApiPaths }).paths;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** As a line of the access table is described; undefined where the server does not. */
export function operationOf(paths: ApiPaths, line: string): Operation | undefined {
  const [method = "", path = ""] = line.split(" ");
  return paths[path.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
}

export function apiDoc(paths: ApiPaths): string {
  const rows = Object.entries(ACCESS).map(([line, allowed]) => {
    const { description = "", responses = {} } = operationOf(paths, line) ?? {};
    return `| \`${line}\` | ${whoMay(allowed)} | ${cell(description)} | ${cell(answersOf(responses))} |`;
  });
  return `${HEAD}\n| route | who may | what it does | answer |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");

function answersOf(responses: NonNullable<Operation["responses"]>): string {
  return Object.entries(responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([status, { description = "" }]) => `${status}: ${description}`)
    .join(" ");
}

function whoMay(allowed: Allowed): string {
  if (allowed.includes("anyone")) return "anyone";
  const missing = ROLES.filter((role) => !allowed.includes(role));
  if (missing.length > 1) return allowed.map((role) => `${role}s`).join(", ");
  if (missing.length === 1) return `members, but for ${missing.map((role) => `${role}s`).join()}`;
  return allowed.includes("arriving") ? "members, before their second factor too" : "members";
}

if (import.meta.main) writeFileSync(API_DOC, apiDoc(await apiPaths()));
