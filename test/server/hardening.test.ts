/** What every answer holds, whatever was asked: no way out of the folders, the same headers, nothing secret written down. */
import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { askings, askLine, inOrder, routesOf } from "./every-route.ts";
import { arrive, BASE_URL, emailOf, type FoundedHouse, foundedHouse, PASSWORD, textOf } from "./house.ts";
import { type Known, knownIn } from "./known-house.ts";
import { POST, sealPosts } from "./sealed-exhibits.ts";

const sandbox = { origin: "http://127.0.0.1:8001", rooms: openRooms() };

async function waitingHouse(): Promise<FoundedHouse> {
  const house = await foundedHouse({ sandbox });
  // Nothing is captured here: without its browser whatever is asked for waits.
  await writeFile(join(house.folder, "config.json"), JSON.stringify({ browser: join(house.folder, "none") }));
  return house;
}

interface Answered {
  readonly what: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Every route there is is asked by nobody, and once more so that it is done; what is printed meanwhile is kept. */
async function askAll(house: FoundedHouse, known: Known) {
  const all = askings(known);
  const answers: Answered[] = [];
  const note = async (what: string, answer: Response): Promise<void> => {
    answers.push({ what, status: answer.status, headers: answer.headers, text: await textOf(answer) });
  };
  const printed = await printedBy(async () => {
    for (const line of inOrder(routesOf(house))) {
      const [method = "", path = ""] = line.split(" ");
      await note(`${line}, of nobody`, await house.ask(path, { method, ...(method === "GET" ? {} : { json: {} }) }));
      await note(line, await askLine(house, all[line], line, house.cookies));
    }
    for (const path of ["/", "/start", "/exhibits/x", "/assets/none.js", "/sw.js", "/api/none", "/%2e%2e/x"])
      await note(path, await house.ask(path));
  });
  return { all, answers, printed };
}

async function printedBy(work: () => Promise<void>): Promise<string> {
  const printed: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }));
  for (const { stream, write } of streams) {
    stream.write = ((chunk: string | Uint8Array, ...rest: []) => {
      printed.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("latin1"));
      return write.call(stream, chunk, ...rest);
    }) as typeof stream.write;
  }
  try {
    await work();
  } finally {
    for (const { stream, write } of streams) stream.write = write;
  }
  return printed.join("");
}

function assertKeptOut({ what, headers }: Answered): void {
  const header = (name: string): string => headers.get(name) ?? "";
  const policy = header("content-security-policy");
  assert.match(policy, /default-src 'none'/, what);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*|script-src[^;]*(?:data:|blob:|https?:)/, what);
  assert.equal(header("x-content-type-options"), "nosniff", what);
  assert.equal(header("referrer-policy"), "no-referrer", what);
  assert.equal(header("x-frame-options"), "DENY", what);
  assert.equal(header("cross-origin-opener-policy"), "same-origin", what);
  assert.equal(header("cross-origin-resource-policy"), "same-origin", what);
  assert.match(header("permissions-policy"), /camera=\(\), microphone=\(\), geolocation=\(\)/, what);
  assert.equal(header("access-control-allow-origin"), "", what);
  if (what.includes("/api/")) assert.equal(header("cache-control"), "no-store", what);
  assert.equal(header("server") + header("x-powered-by"), "", what);
}

test("every answer of every route keeps scripts, frames and guesses out; nothing secret is printed or lies open on disk", async () => {
  await using house = await waitingHouse();
  const known = await knownIn(house);
  const { recoveryCodes } = await arrive(house, await joined(house));
  const { all, answers, printed } = await askAll(house, known);
  for (const answer of answers) assertKeptOut(answer);
  // Else it would be the answers of refusals that were looked through.
  const wrong = routesOf(house).flatMap((line) => {
    const { status = 0, text = "" } = answers.find(({ what }) => what === line) ?? {};
    const { refused } = all[line];
    const isAsSaid = refused === undefined ? status >= 200 && status < 300 : status === refused[0];
    return isAsSaid ? [] : [`${line}: ${status} ${text.slice(0, 200)}`];
  });
  assert.deepEqual(wrong, []);
  const [, link = "none"] = /\/join#([\w-]+)/.exec(answers.map(({ text }) => text).join("\n")) ?? [];
  assert.notEqual(link, "none");
  const secrets = [PASSWORD, "lantern-ladder-lattice-lemon", known.invitation.token, link, ...recoveryCodes];
  const cookies = Object.values(house.cookies).flatMap((cookie) => cookie.split(/[=;.]\s*/));
  const tokens = cookies.filter((part) => part.length > 20);
  const found = (text: string, of: readonly string[]): readonly string[] => of.filter((one) => text.includes(one));
  assert.deepEqual(found(printed, [...secrets, ...tokens]), []);
  for (const entry of await readdir(house.folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name), "latin1");
    assert.deepEqual(found(bytes, secrets), [], entry.name);
  }
});

const CLIMBS = [
  "../record/keys/accounts.secret",
  "..%2frecord%2fkeys%2faccounts.secret",
  "..%5c..%5crecord%5ckeys%5caccounts.secret",
  "%2e%2e/%2e%2e/etc/passwd",
  "....//....//etc/passwd",
  "..%252f..%252fetc%252fpasswd",
  "%c0%ae%c0%ae/etc/passwd",
  "/etc/passwd",
  "..%00/etc/passwd",
  "file:///etc/passwd",
] as const;

test("no path leads out of the folders that are served", async () => {
  await using house = await waitingHouse();
  const { owner: cookie } = house.cookies;
  const [id = ""] = await sealPosts(house.folder, [POST]);
  const secret = await readFile(join(house.folder, "keys/accounts.secret"), "utf8");
  const places = (climb: string): readonly string[] => [
    `/${climb}`,
    `/assets/${climb}`,
    `/icon-${climb}`,
    `/api/exhibits/${climb}`,
    `/api/exhibits/${id}/${climb}`,
    `/api/exhibits/${climb}/picture`,
    `/api/exhibits/${id}/media/${climb}`,
    `/api/case-folder?case=${climb}`,
    `/api/captures/${climb}/cancel`,
  ];
  for (const climb of CLIMBS) {
    for (const path of places(climb)) {
      const answer = await house.ask(path, { cookie });
      const text = await answer.text();
      assert.ok(!text.includes(secret) && !text.includes("root:"), path);
      const isScreen = answer.headers.get("content-type")?.startsWith("text/html") === true;
      if (path.startsWith("/api/case-folder")) continue;
      assert.ok(isScreen ? text.includes("<title>Placard</title>") : answer.status >= 400, `${path}: ${answer.status}`);
    }
    const file = new FormData();
    file.append("file", new Blob(["<!doctype html><title>Climbing</title>"]), climb);
    file.append("from", climb);
    file.append("caseName", climb);
    const headers = { cookie, origin: BASE_URL };
    const answer = await house.app.request(`${BASE_URL}/api/imports`, { method: "POST", body: file, headers });
    assert.equal(answer.status, 201, climb);
    const folder = await house.ask(`/api/case-folder?case=${encodeURIComponent(climb)}`, { cookie });
    const zip = Buffer.from(await folder.arrayBuffer()).toString("latin1");
    assert.match(zip, /exhibits\/PLC-[\w-]+\.placard/, climb);
  }
  const names = await readdir(house.folder);
  assert.ok(!names.some((name) => name.includes("passwd")), names.join());
});

async function joined(house: FoundedHouse): Promise<string> {
  const { token } = house.accounts.invitations.invite({ id: house.ids.owner, role: "owner" }, "guest");
  const email = emailOf("logged");
  const headers = { "placard-invitation": token };
  await house.ask("/api/invitation", { method: "POST", headers, json: { name: "Lou", email, password: PASSWORD } });
  return email;
}
