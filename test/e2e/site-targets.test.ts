/** Every place that a site is published to holds to the same contract. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { AwsClient } from "aws4fetch";
import type { SiteStore } from "../../src/app/publish/bring.ts";
import { openFolderTarget } from "../../src/app/publish/folder-target.ts";
import { openS3Target } from "../../src/app/publish/s3-target.ts";
import { openSftpTarget } from "../../src/app/publish/sftp-target.ts";
import type { Target, Tree } from "../../src/app/publish/target.ts";
import { siteTargetContract } from "../contracts/site-target.ts";
import { temporaryFolder } from "../contracts/temporary-folder.ts";
import { startS3Server } from "../s3-server.ts";
import { startSshServer } from "../ssh-server.ts";

function memoryStore(files: Map<string, Uint8Array>): SiteStore {
  return {
    read: async (path) => files.get(path),
    write: async (path, bytes) => void files.set(path, bytes),
    remove: async (path) => void files.delete(path),
  };
}

const single = new Map<string, Map<string, Uint8Array>>();
siteTargetContract("one tree in memory", {
  open: async (place): Promise<Target> => {
    const files = single.get(place) ?? new Map<string, Uint8Array>();
    single.set(place, files);
    return { kind: "single", name: place, store: memoryStore(files), [Symbol.asyncDispose]: async () => undefined };
  },
  visit: async (place, path) => single.get(place)?.get(path),
  list: async (place) => [...(single.get(place)?.keys() ?? [])],
});

interface Twins {
  shown: Tree | undefined;
  readonly trees: Readonly<Record<Tree, Map<string, Uint8Array>>>;
}

const twins = new Map<string, Twins>();
const shownIn = (place: string): Map<string, Uint8Array> | undefined => {
  const { shown, trees } = twins.get(place) ?? {};
  return shown && trees?.[shown];
};
siteTargetContract("two trees in memory", {
  open: async (place): Promise<Target> => {
    const own: Twins = twins.get(place) ?? { shown: undefined, trees: { a: new Map(), b: new Map() } };
    twins.set(place, own);
    return {
      kind: "twins",
      name: place,
      shown: async () => own.shown,
      store: (tree) => memoryStore(own.trees[tree]),
      show: async (tree) => {
        own.shown = tree;
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
  visit: async (place, path) => shownIn(place)?.get(path),
  list: async (place) => [...(shownIn(place)?.keys() ?? [])],
});

const root = await temporaryFolder();
siteTargetContract("a folder", {
  open: (place) => openFolderTarget(join(root, place, "public")),
  visit: (place, path) => readFile(join(root, place, "public", path)).catch(() => undefined),
  list: (place) => filesBelow(join(root, place, "public")),
});

const ssh = await startSshServer(await temporaryFolder());
if (ssh === undefined) {
  test(
    "sftp: SKIPPED, sshd is not installed here (apt-get install openssh-server)",
    { skip: "no sshd" },
    () => undefined,
  );
} else {
  const remote = await temporaryFolder();
  siteTargetContract("sftp", {
    open: (place) => openSftpTarget(`${ssh.address}${join(remote, place, "public")}`, ssh.environment),
    visit: (place, path) => readFile(join(remote, place, "public", path)).catch(() => undefined),
    list: (place) => filesBelow(join(remote, place, "public")),
  });

  test("sftp: a machine of another key, or of none that was told, is told nothing", async () => {
    const target = `${ssh.address}${join(remote, "elsewhere")}`;
    const other = { ...ssh.environment, hostKey: `SHA256:${"A".repeat(43)}` };
    await assert.rejects(openSftpTarget(target, other), { code: "remote" });
    await assert.rejects(openSftpTarget(target, { ...ssh.environment, hostKey: undefined }), (error: Error) => {
      assert.ok(error.message.includes(ssh.environment.hostKey ?? "none"));
      return true;
    });
    await assert.rejects(openSftpTarget(target, { ...ssh.environment, keyFile: undefined }), { code: "usage" });
  });
}

const s3 = await startS3Server();
if (s3 === undefined) {
  test(
    "s3: SKIPPED, moto's server is not installed here (pip install 'moto[server]')",
    { skip: "no moto" },
    () => undefined,
  );
} else {
  const { accessKeyId = "", secretAccessKey = "", region, endpoint } = s3.environment;
  const owner = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 0 });
  await owner.fetch(`${endpoint}/hollow-lane`, { method: "PUT" });
  siteTargetContract("s3", {
    open: async (place) => openS3Target(`s3://hollow-lane/${place}`, s3.environment),
    visit: async (place, path) => {
      const answer = await owner.fetch(`${endpoint}/hollow-lane/${place}/${path}`);
      return answer.ok ? answer.bytes() : undefined;
    },
    list: async (place) => {
      // All of it: moto before 5.2.5 checks the signature of a prefix with a slash wrongly.
      const answer = await owner.fetch(`${endpoint}/hollow-lane?list-type=2`);
      const found = [...(await answer.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);
      return found.filter((key) => key.startsWith(`${place}/`)).map((key) => key.slice(place.length + 1));
    },
  });

  test("s3: each file is handed out by its type, and a key that is not the right one is refused", async () => {
    const target = openS3Target("s3://hollow-lane/types", s3.environment);
    assert.ok(target.kind === "single");
    await target.store.write("feed.atom", new Uint8Array([60]));
    const answer = await owner.fetch(`${endpoint}/hollow-lane/types/feed.atom`);
    assert.match(answer.headers.get("content-type") ?? "", /^application\/atom\+xml/);
    const wrong = openS3Target("s3://hollow-lane/types", { ...s3.environment, secretAccessKey: "another" });
    await assert.rejects(wrong.store.write("index.html", new Uint8Array([60])), { code: "remote" });
    assert.throws(() => openS3Target("s3://hollow-lane/../x", s3.environment), { code: "usage" });
    assert.throws(() => openS3Target("s3://hollow-lane", { ...s3.environment, accessKeyId: undefined }), {
      code: "usage",
    });
  });
}

after(async () => {
  await ssh?.[Symbol.asyncDispose]();
  await s3?.[Symbol.asyncDispose]();
});

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(`${folder}/`, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}
