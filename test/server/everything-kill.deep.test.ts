/**
 * kill −9 in the midst of all that a house does besides capturing: files handed in, erasures, invitations accepted, preferences,
 * back-ups, cases handed out, and what killed-deeds.ts has; then while placards are printed. What was acknowledged is there afterwards, what was not is there whole or not at all.
 */
import assert from "node:assert/strict";
import { randomBytes, randomInt } from "node:crypto";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { audit } from "../../src/app/audit.ts";
import { openContext } from "../../src/app/open-record.ts";
import { restoreRecord } from "../../src/app/record.ts";
import { newFolder } from "../faults/place.ts";
import { emailOf, foundedHouse, PASSWORD } from "./house.ts";
import { type Deed, deedsOf, mustGet, mustSignIn, ok } from "./killed-deeds.ts";
import { groundIn } from "./killed-ground.ts";
import { type KilledServer, startKilledServer, type Told } from "./killed-server.ts";
import { POST, sealPosts } from "./sealed-exhibits.ts";

const PASSPHRASE = "lantern-ladder-lattice-lemon";
const KILLS = 16;
/** In this round everything is waited for. */
const PATIENT = 12;
/** Milliseconds that a pack may take to be printed. */
const PRINTED = 120_000;

interface World {
  readonly cookie: string;
  readonly folder: string;
  readonly root: string;
  /** Exhibits that may still be erased. */
  readonly standing: string[];
}

function handingIn({ cookie }: World): Deed {
  const key = randomBytes(16).toString("hex");
  const file = { key, text: `<!doctype html><title>Bins ${key}</title><p>${"On the lane. ".repeat(5000)}` };
  return {
    name: "a file handed in",
    run: (server) => server.ask("/api/imports", { cookie }, file),
    seen: async (server) => {
      const list = await mustGet(server, cookie, "/api/exhibits?limit=200");
      const titles = (list.body as { exhibits: { id: string; title: string | null }[] }).exhibits;
      const found = titles.filter(({ title }) => title?.includes(key) === true);
      assert.ok(found.length <= 1, "taken in twice");
      for (const { id } of found)
        assert.equal((await mustGet(server, cookie, `/api/exhibits/${id}/proof`)).status, 200);
      return found.length === 1;
    },
  };
}

function erasing({ cookie, standing }: World): Deed {
  const id = standing.pop() ?? assert.fail("none left to erase");
  return {
    name: "an erasure",
    run: (server) => server.ask(`/api/exhibits/${id}`, { method: "DELETE", cookie, json: { reason: "asked for" } }),
    seen: async (server) => {
      const picture = await mustGet(server, cookie, `/api/exhibits/${id}/picture`);
      const { body } = await mustGet(server, cookie, `/api/exhibits/${id}`);
      const { exhibit } = body as { exhibit: { state: string; title: string | null } };
      assert.equal(picture.status, exhibit.state === "erased" ? 410 : 200, "half erased");
      assert.equal(exhibit.title === null, exhibit.state === "erased", "half erased");
      return exhibit.state === "erased";
    },
  };
}

function joining({ cookie }: World, token: string): Deed {
  const email = emailOf(`new-${randomBytes(6).toString("hex")}`);
  const headers = { "placard-invitation": token };
  const person = { name: "Nina New", email, password: PASSWORD };
  return {
    name: "an invitation accepted",
    run: (server) => server.ask("/api/invitation", { method: "POST", headers, json: person }),
    seen: async (server) => {
      const { body } = await mustGet(server, cookie, "/api/members");
      const isMember = (body as { members: { email: string }[] }).members.some((one) => one.email === email);
      const open = await server.ask("/api/invitation", { headers });
      assert.equal(open?.status, isMember ? 404 : 200, "the link is used up by whoever joins, and only then");
      if (isMember) await mustSignIn(server, email);
      return isMember;
    },
  };
}

function choosing({ cookie }: World, theme: string): Deed {
  return {
    name: "preferences",
    run: (server) =>
      server.ask("/api/me/preferences", { method: "PATCH", cookie, json: { theme, grey: theme === "dark" } }),
    seen: async (server) => {
      const { body } = await mustGet(server, cookie, "/api/me/preferences");
      const now = body as { theme: string; grey: boolean };
      if (now.theme === theme) assert.equal(now.grey, theme === "dark", "half chosen");
      return now.theme === theme;
    },
  };
}

function asking({ cookie }: World): Deed {
  const url = `https://townsquare.example/p/${randomBytes(6).toString("hex")}`;
  return {
    name: "a link asked for",
    run: (server) => server.ask("/api/captures", { method: "POST", cookie, json: { links: [url] } }),
    seen: async (server) => {
      const { body } = await mustGet(server, cookie, "/api/captures");
      const links = (body as { batches: { links: { url: string }[] }[] }).batches.flatMap(({ links: each }) => each);
      return links.filter((link) => link.url === url).length === 1;
    },
  };
}

/** A download is whole or known not to be: what was acknowledged restores to a record that holds. */
function backingUp({ cookie, root, folder }: World): Deed {
  let whole: string | undefined;
  return {
    name: "a back-up",
    run: async (server) => {
      const told = await server.ask("/api/back-up", { method: "POST", cookie, json: { passphrase: PASSPHRASE } });
      whole = ok(told) ? String(told?.body) : undefined;
      return told;
    },
    seen: async () => {
      assert.deepEqual(
        (await readdir(join(folder, "scratch")).catch(() => [])).filter((name) => name.endsWith(".age")),
        [],
      );
      if (whole === undefined) return false;
      const target = join(root, `restored-${randomBytes(4).toString("hex")}`);
      await writeFile(`${target}.age`, Buffer.from(whole, "base64"));
      const { audit: audited } = await restoreRecord(`${target}.age`, target, PASSPHRASE);
      assert.equal(audited.verdict, "holds");
      return true;
    },
  };
}

function handingOut({ cookie }: World): Deed {
  const path = "/api/case-folder?case=Spring";
  return {
    name: "a case handed out",
    run: (server) => server.ask(path, { cookie }),
    seen: async (server) => ok(await server.ask(path, { cookie })),
  };
}

test("killed in the midst of everything: what was acknowledged is there, and nothing is there by half", {
  timeout: 600_000,
}, async (t) => {
  const root = await newFolder();
  const folder = join(root, "record");
  await mkdir(root, { recursive: true });
  let server: KilledServer | undefined;
  try {
    const made = await foundedHouse({ folder });
    const tokens = Array.from(
      { length: KILLS },
      () => made.accounts.invitations.invite({ id: made.ids.owner, role: "owner" }, "guest").token,
    );
    const cookie = made.cookies.owner;
    // Nothing is captured here: what was asked for waits.
    await writeFile(join(folder, "config.json"), JSON.stringify({ browser: join(root, "none") }));
    const ground = await groundIn(made, KILLS);
    await made[Symbol.asyncDispose]();
    const posts = Array.from({ length: KILLS + 2 }, (_, i) => ({ ...POST, title: `Post ${i}`, case: "Spring" }));
    const [, ...standing] = await sealPosts(folder, posts);
    const world: World = { cookie, folder, root, standing };
    const counts = { acknowledged: 0, done: 0, undone: 0 };
    for (let n = 0; n < KILLS; n += 1) {
      server = await startKilledServer(folder);
      const theme = ["dark", "light", "contrast"][n % 3] ?? "dark";
      const deeds = [
        handingIn(world),
        erasing(world),
        joining(world, tokens[n] ?? ""),
        choosing(world, theme),
        asking(world),
        handingOut(world),
        ...(n % 4 === 1 ? [backingUp(world)] : []),
        ...deedsOf(ground, n),
      ];
      const told = new Map<Deed, Told | undefined>();
      const running = server;
      const answers = deeds.map(async (deed) => told.set(deed, await deed.run(running)));
      // Once as soon as all of it was acknowledged.
      await (n === PATIENT ? Promise.all(answers) : sleep(n === 0 ? 1500 : randomInt(30, 2500)));
      await server.kill();
      server = await startKilledServer(folder);
      // Else it would be refusals that were looked through; of a sample there may be one already.
      if (n === PATIENT)
        for (const [{ name }, answer] of told) assert.ok(ok(answer) || answer?.status === 409, `${name}: not done`);
      for (const deed of deeds) {
        const seen = await deed.seen(server);
        if (ok(told.get(deed))) {
          counts.acknowledged += 1;
          assert.ok(seen, `${deed.name} was acknowledged, and is not there`);
        } else counts[seen ? "done" : "undone"] += 1;
      }
      await server.end();
      server = undefined;
    }
    t.diagnostic(JSON.stringify(counts));
    await using opened = await openContext(folder);
    assert.equal((await audit(opened.context)).verdict, "holds");
  } finally {
    server?.child.kill("SIGKILL");
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
});

interface Made {
  readonly made: readonly { readonly placards: number }[];
}

test("killed while placards are printed: those that were handed out are told of, each once, and no others by half", async () => {
  const root = await newFolder();
  const folder = join(root, "record");
  await mkdir(root, { recursive: true });
  let server: KilledServer | undefined;
  try {
    const made = await foundedHouse({ folder });
    const cookie = made.cookies.owner;
    await made[Symbol.asyncDispose]();
    const ids = await sealPosts(folder, [POST, { ...POST, title: "Another" }]);
    const json = { ids, size: "A4", headline: "Seen on the lane" };
    let before = 0;
    // Before it can have begun, somewhere on the way, and once it is handed out.
    for (const wait of [randomInt(200, 1500), randomInt(1500, 6000), PRINTED]) {
      server = await startKilledServer(folder);
      let told: Told | undefined;
      const printed = server.ask("/api/placards", { method: "POST", cookie, json }).then((answer) => (told = answer));
      await Promise.race([printed, sleep(wait, undefined, { ref: false })]);
      await server.kill();
      server = await startKilledServer(folder);
      const views = await Promise.all(ids.map((id) => mustGet(server as KilledServer, cookie, `/api/exhibits/${id}`)));
      const [one = [], other = []] = views.map(({ body }) => (body as Made).made);
      assert.deepEqual(one, other, "on one and not on the other");
      assert.ok(one.every(({ placards }) => placards === 2));
      assert.ok(one.length === before + 1 || (one.length === before && !ok(told)), `${before}, then ${one.length}`);
      if (wait === PRINTED) assert.ok(ok(told), JSON.stringify(told).slice(0, 300));
      before = one.length;
      await server.end();
      server = undefined;
    }
    await using opened = await openContext(folder);
    assert.equal((await audit(opened.context)).verdict, "holds");
  } finally {
    server?.child.kill("SIGKILL");
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
});
