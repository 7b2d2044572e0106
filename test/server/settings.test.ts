/** Settings on a screen: seen and changed by owners, durable, in force at once; what cannot be used is refused. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openContext } from "../../src/app/open-record.ts";
import { testSigner } from "../note-keys.ts";
import { opensslMissing, startTimestampAuthority } from "../timestamp-authority.ts";
import { startWitness } from "../witness-server.ts";
import { type FoundedHouse, foundedHouse, good, type HouseOptions } from "./house.ts";

interface Told {
  readonly revision: string;
  readonly site?: string;
  readonly language: string;
  readonly browser?: string;
  readonly capture: { readonly seconds: number; readonly atOnce: number };
  readonly timestampAuthorities: readonly { readonly name: string }[];
  readonly witnesses: readonly object[];
}

async function owned(options: HouseOptions = {}) {
  const house = await foundedHouse(options);
  const cookie = house.cookies.owner;
  const see = async (): Promise<Told> => (await good(await house.ask("/api/settings", { cookie }))).json() as never;
  return {
    house,
    see,
    change: async (json: object, revision?: string): Promise<Response> =>
      house.ask("/api/settings", {
        method: "PATCH",
        cookie,
        json: { revision: revision ?? (await see()).revision, ...json },
      }),
    attempt: (what: string, json: object): Promise<Response> =>
      house.ask(`/api/settings/try-${what}`, { method: "POST", cookie, json }),
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  };
}

const fileOf = (house: FoundedHouse): string => join(house.folder, "config.json");

test("what is changed is in the file, in force at once in every process, and what else stands there stays", async () => {
  await using owner = await owned();
  const { house, see, change } = owner;
  await using elsewhere = await openContext(house.folder);
  assert.equal((await see()).capture.seconds, 60);
  await writeFile(fileOf(house), '{"browser":"/usr/bin/chromium"}');
  const { capture } = await see();
  const site = "https://hollow-lane.example";
  const changed = (await (await good(await change({ site, capture: { ...capture, seconds: 90 } }))).json()) as Told;
  assert.equal(changed.capture.seconds, 90);
  assert.equal(elsewhere.context.settings.capture.seconds, 90, "another process has it");
  const written = JSON.parse(await readFile(fileOf(house), "utf8"));
  assert.deepEqual(written, { browser: "/usr/bin/chromium", site, capture: { ...capture, seconds: 90 } });
  await good(await change({ site: null, capture: null }));
  assert.deepEqual(JSON.parse(await readFile(fileOf(house), "utf8")), { browser: "/usr/bin/chromium" });
  assert.equal(elsewhere.context.settings.site, undefined);
});

test("two who change at once do not undo each other unawares; a spoilt file is left as it is, and what held goes on holding", async () => {
  await using owner = await owned();
  const { house, see, change } = owner;
  const { revision } = await see();
  await good(await change({ language: "he" }, revision));
  const late = await change({ capturedBy: "monitor 3" }, revision);
  assert.equal(late.status, 409);
  assert.equal((await see()).language, "he");
  const preferences = await house.ask("/api/me/preferences", { cookie: house.cookies.guest });
  assert.equal(((await preferences.json()) as Told).language, "he", "the house's, until one's own is chosen");
  await using elsewhere = await openContext(house.folder);
  await writeFile(fileOf(house), '{"sight":1}');
  assert.equal(elsewhere.context.settings.language, "he");
  assert.equal((await house.ask("/api/settings", { cookie: house.cookies.owner })).status, 400);
  assert.equal((await change({ language: "en" }, revision)).status, 400);
  assert.equal(await readFile(fileOf(house), "utf8"), '{"sight":1}');
});

test("what cannot be used is refused by name, and nothing is written; a browser is nobody's to choose from afar", async () => {
  await using owner = await owned();
  const { house, see, change } = owner;
  const { capture } = await see();
  const authority = { name: "Example", url: "https://tsa.example/", hash: "sha256" };
  const witness = { vkey: testSigner("witness.example/w", 9, 4).vkey, url: "https://witness.example/" };
  const refused: readonly (readonly [object, RegExp])[] = [
    [{ browser: "/bin/sh" }, /browser/],
    [{ capture: { ...capture, seconds: 4 } }, /seconds/],
    [{ site: "https://hollow-lane.example/שלום#x y" }, /code on a placard/],
    [{ timestampAuthorities: [{ ...authority, url: "http://tsa.example/" }] }, /anybody on the way/],
    [{ timestampAuthorities: [{ ...authority, url: "https://127.0.0.1/" }] }, /your own machine or network/],
    [{ timestampAuthorities: [{ ...authority, url: "https://0x7f.1/" }] }, /your own machine or network/],
    [{ timestampAuthorities: [{ ...authority, url: "https://a:b@tsa.example/" }] }, /name or password/],
    [{ timestampAuthorities: [authority, authority] }, /same name/],
    [{ witnesses: [{ ...witness, vkey: "witness.example" }] }, /no.* the key of a witness/],
    [{ witnesses: [{ ...witness, vkey: testSigner("witness.example/w", 9, 1).vkey }] }, /not the key of a witness/],
    [{ witnesses: [{ ...witness, url: "http://[::1]/" }] }, /your own machine or network/],
  ];
  for (const [json, why] of refused) {
    const answer = await change(json);
    assert.equal(answer.status, 400, JSON.stringify(json));
    assert.match(await answer.text(), why);
  }
  await assert.rejects(readFile(fileOf(house)));
  await good(await change({ timestampAuthorities: [authority], witnesses: [witness] }));
  assert.equal((await see()).timestampAuthorities.length, 1);
});

test("an authority and a witness are tried, and nothing of it is kept", { skip: opensslMissing() }, async () => {
  await using authority = await startTimestampAuthority({ key: "ec" });
  await using owner = await owned({ allowPrivate: true });
  const { house, attempt, change } = owner;
  const wanted = { name: "Invented", url: authority.url, hash: "sha256" };
  const tried = (await (await good(await attempt("authority", wanted))).json()) as { certificate: string };
  assert.match(tried.certificate, /^[A-Za-z0-9+/]{43}=$/);
  const held = { ...wanted, certificate: tried.certificate };
  await good(await attempt("authority", held));
  const other = await attempt("authority", { ...wanted, certificate: `${"A".repeat(43)}=` });
  assert.equal(other.status, 502);
  await using witness = await startWitness(testSigner("witness.example/w", 9, 4), [house.house.record().vkey]);
  const asked = { vkey: witness.vkey, url: witness.url };
  assert.match(await (await good(await attempt("witness", asked))).text(), /witness\.example/);
  await good(await change({ timestampAuthorities: [held], witnesses: [asked] }));
  const attested = await house.house.record().attest();
  assert.deepEqual(
    attested.map(({ outcome }) => outcome),
    ["attested", "attested"],
    "set up on the screen, in force at once",
  );
});

test("from a screen nobody is asked in one's own network, by whatever name", async () => {
  await using owner = await owned();
  const wanted = { name: "Inside", hash: "sha256", certificate: `${"A".repeat(43)}=` };
  for (const url of [
    "http://127.0.0.1:9/",
    "http://localhost:9/",
    "http://[::ffff:127.0.0.1]:9/",
    "https://10.0.0.1/",
  ]) {
    const answer = await owner.attempt("authority", { ...wanted, url });
    assert.equal(answer.status, 400, url);
    assert.match(await answer.text(), /your own machine or network/);
  }
});

test("a window to sign in opens for who sits at this machine only; what is kept is not told", async () => {
  await using owner = await owned();
  const { house } = owner;
  const cookie = house.cookies.owner;
  const json = { name: "watching", url: "https://townsquare.example/", hideNothing: true };
  const far = await house.ask("/api/capture-sessions", { method: "POST", cookie, json });
  assert.equal(far.status, 403);
  assert.match(await far.text(), /another machine/);
  const told = await house.ask("/api/capture-sessions", { cookie, from: "127.0.0.1" });
  assert.deepEqual(await told.json(), { sessions: [], damaged: [], here: true });
  const inside = { ...json, url: "http://127.0.0.1:9/" };
  const refused = await house.ask("/api/capture-sessions", { method: "POST", cookie, json: inside, from: "127.0.0.1" });
  assert.match(await refused.text(), /your own machine or network/);
  const { hideNothing: _, ...silent } = inside;
  for (const [more, why] of [
    [{}, "hide_what"],
    [{ hide: [] }, "hide_what"],
    [{ hide: ["李明", "Jo"] }, "name_too_short"],
    [{ hide: ["李明"] }, "own machine or network"],
  ] as const) {
    const unsaid = await house.ask("/api/capture-sessions", {
      method: "POST",
      cookie,
      json: { ...silent, ...more },
      from: "127.0.0.1",
    });
    assert.equal(unsaid.status, 400);
    assert.match(await unsaid.text(), new RegExp(why));
  }
  await using proxied = await foundedHouse({ behindProxy: true });
  const through = await proxied.ask("/api/capture-sessions", { method: "POST", cookie, json, from: "127.0.0.1" });
  assert.equal(through.status, 403, "a proxy on this machine is not a person at it");
});
