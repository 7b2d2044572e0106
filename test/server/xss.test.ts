/** Whatever a captured page, a file or a person says: the server's answers are JSON or files that do not run, never a page. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createSandbox } from "../../src/server/sandbox.ts";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { somePayloads, xssPayloads } from "../xss-vectors.ts";
import { BASE_URL, type FoundedHouse, foundedHouse, good } from "./house.ts";
import { POST, sealActs, sealPosts } from "./sealed-exhibits.ts";
import { type Told, takenIn } from "./sender.ts";

/** In the ordinary run a fifth, each kind among them. */
const TEXTS = process.env["PLACARD_DEEP"] === "1" ? [...new Set(xssPayloads)] : somePayloads;
const sandbox = { origin: "http://127.0.0.1:8001", rooms: openRooms() };
let home: FoundedHouse;
before(async () => {
  home = await foundedHouse({ sandbox });
});
after(() => home[Symbol.asyncDispose]());

const ask = (path: string, method = "GET", json?: unknown) =>
  home.ask(path, { method, cookie: home.cookies.owner, ...(json === undefined ? {} : { json }) });

function assertInert(answer: Response, what: string): void {
  const type = answer.headers.get("content-type") ?? "";
  assert.match(type, /^(?:application\/json|text\/plain|image\/png|application\/zip)/, what);
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff", what);
  assert.match(answer.headers.get("content-security-policy") ?? "", /default-src 'none'/, what);
}

test("there are at least two hundred payloads", () => {
  assert.ok(new Set(xssPayloads).size >= 200, `${new Set(xssPayloads).size}`);
});

test("in every field of a post, a payload comes back as the text it is, in an answer that is no page", async () => {
  const ids = await sealActs(
    home.folder,
    TEXTS.map((text) => ({
      ...POST,
      title: text,
      postText: text,
      author: text,
      handle: text,
      note: text,
      case: text,
      platform: text,
      url: text,
      capturedBy: text,
    })),
  );
  let cursor = "";
  const seen: string[] = [];
  do {
    const answer = await good(await ask(`/api/exhibits?limit=200${cursor === "" ? "" : `&cursor=${cursor}`}`));
    assertInert(answer, "list");
    const page = (await answer.json()) as { exhibits: readonly { title: string }[]; next?: string };
    seen.push(...page.exhibits.map(({ title }) => title));
    cursor = page.next ?? "";
  } while (cursor !== "");
  assert.deepEqual(seen.toReversed(), TEXTS);
  for (const [i, id] of ids.entries()) {
    const answer = await good(await ask(`/api/exhibits/${id}`));
    assertInert(answer, id);
    const view = (await answer.json()) as { post: { text: string }; note: string };
    assert.deepEqual([view.post.text, view.note], [TEXTS[i], TEXTS[i]]);
  }
  for (const path of ["counts", "charts"]) assertInert(await good(await ask(`/api/exhibits/${path}`)), path);
  assertInert(await good(await ask("/api/cases")), "cases");
});

test("as what is looked for, as a name, an id and a reason", async () => {
  const [id = ""] = await sealPosts(home.folder, [POST]);
  for (const text of TEXTS) {
    const typed = encodeURIComponent(text.toWellFormed());
    const paths = [
      `/api/exhibits?text=${typed}`,
      `/api/exhibits?cursor=${typed}`,
      `/api/exhibits/counts?platform=${typed}`,
      `/api/exhibits/${typed.slice(0, 200)}`,
      `/api/exhibits/${id}/media/${typed}`,
    ];
    for (const path of paths) assertInert(await ask(path), path);
    assertInert(await ask("/api/placards/preview", "POST", { ids: [text], size: text }), text);
  }
});

test("on the sandbox's origin a payload is in no page's markup", async () => {
  const shown = createSandbox({ house: home.house, sandbox, workbench: BASE_URL });
  for (const text of xssPayloads.slice(0, 60)) {
    const name = sandbox.rooms.let({ kind: "replay", id: "x", url: text, viewer: { isGuest: false } }, "somebody");
    const page = await (await shown.request(`${sandbox.origin}/r/${name}/`)).text();
    const attribute = /url="([^"]*)"><\/replay-web-page><\/html>$/.exec(page);
    assert.ok(attribute !== null && !/[<>"']/.test(attribute[1] ?? ""), text);
  }
});

test("handed in: a file's name, what it says, who gave it, its case and its note come back as text", async () => {
  // In the ordinary run a part of them, for each file is sealed by itself.
  const some = xssPayloads.filter((_, i) => process.env["PLACARD_DEEP"] === "1" || i % 24 === 0);
  for (const text of some.map((one) => one.toWellFormed().trim()).filter((one) => one !== "")) {
    const form = new FormData();
    const page = `<!doctype html><title>${text}</title><meta property="og:title" content="${text}"><p>${text}</p>`;
    form.append("file", new Blob([page]), `${text}.html`);
    for (const field of ["from", "note", "caseName"]) form.append(field, text);
    const headers = { cookie: home.cookies.owner, origin: BASE_URL };
    const answer = await home.app.request(`${BASE_URL}/api/imports`, { method: "POST", body: form, headers });
    assertInert(answer, text);
    const told = (await answer.json()) as { exhibit?: string };
    assert.equal(answer.status, 201, `${text}: ${JSON.stringify(told)}`);
    const seen = await good(await ask(`/api/exhibits/${told.exhibit}`));
    assertInert(seen, text);
    // As forms send a line's end.
    assert.equal(((await seen.json()) as { note: string }).note, text.replaceAll(/\r?\n/g, "\r\n"));
  }
});

test("what members and strangers say besides comes back as the text it is: searches, days, the form, what is sent in", async () => {
  const { accounts } = home;
  // In the ordinary run a part of them, for each is on disk by itself.
  const texts = TEXTS.map((text) => text.toWellFormed());
  for (const name of texts) {
    accounts.searches.keep(`of ${name}`, { name, search: { text: name }, shared: true });
    accounts.occasions.note({ day: "2026-03-14", name, caseName: null, actor: name });
  }
  const intake = await home.house.intake();
  intake.door = { open: true, greeting: texts.join("\n"), reasons: texts };
  const codes = await Promise.all(texts.map((words) => takenIn(home, { words, contact: words, links: [words] })));
  const told = async <T>(path: string, method = "GET"): Promise<T> => {
    const answer = await good(await ask(path, method));
    assertInert(answer, path);
    return (await answer.json()) as T;
  };
  const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name).toSorted();
  const { searches } = await told<{ searches: { name: string }[] }>("/api/searches");
  const { occasions } = await told<{ occasions: { name: string }[] }>("/api/occasions");
  assert.deepEqual([names(searches), names(occasions)], [texts.toSorted(), texts.toSorted()]);
  assert.equal((await told<{ greeting: string }>("/api/intake")).greeting, texts.join("\n"));
  assert.deepEqual((await told<{ reasons: string[] }>("/api/inbox")).reasons, texts);
  for (const [i, code] of codes.entries()) {
    const sent = await told<Told>(`/api/inbox/${code.slice(0, 9)}/look`, "POST");
    assert.deepEqual([sent.messages[0]?.text, sent.contact, sent.parts[0]?.url], [texts[i], texts[i], texts[i]]);
  }
});
