/**
 * A folder of another machine, over SSH: as a folder of this one, two trees and a symbolic link that is turned in one rename
 * (`posix-rename@openssh.com`). The other machine must be the one that is meant: its key is compared before anything is said.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import { promisify } from "node:util";
import { Client, type SFTPWrapper } from "ssh2";
import { PlacardError } from "../../lib/error.ts";
import type { SshEnvironment } from "../environment.ts";
import type { SiteStore } from "./bring.ts";
import type { Tree, TwinTarget } from "./target.ts";

const PATIENCE_MS = 20_000;
/** Of SFTP's answers (draft-ietf-secsh-filexfer-02, section 7). */
const NO_SUCH_FILE = 2;

/** `sftp://USER@HOST:PORT/PATH`. Throws `usage`, `remote`. */
export async function openSftpTarget(given: string, environment: SshEnvironment): Promise<TwinTarget> {
  const { username, host, port, path } = parsed(given);
  const client = await connect({ username, host, port }, environment);
  const sftp = await promisify(client.sftp.bind(client) as (done: Done<SFTPWrapper>) => void)();
  const files = remoteFiles(sftp);
  const trees = `${path}.trees`;
  const shown = async (): Promise<Tree | undefined> => {
    const to = await files.pointsTo(path);
    if (to === undefined) return undefined;
    if (to === `${posix.basename(trees)}/a`) return "a";
    if (to === `${posix.basename(trees)}/b`) return "b";
    throw new PlacardError("conflict", `${path} is there already on ${host}, and is no site that Placard published.`, {
      next: "Name a folder that is not there.",
    });
  };
  return {
    kind: "twins",
    name: `sftp://${username}@${host}:${port}${path}`,
    shown,
    store: (tree) => openTree(files, `${trees}/${tree}`, `${trees}/${tree === "a" ? "b" : "a"}`),
    show: async (tree) => {
      await shown();
      await files.point(path, `${posix.basename(trees)}/${tree}`);
    },
    [Symbol.asyncDispose]: () => {
      client.end();
      return Promise.resolve();
    },
  };
}

interface Address {
  readonly username: string;
  readonly host: string;
  readonly port: number;
}

function parsed(given: string): Address & { readonly path: string } {
  const url = URL.parse(given);
  const path = posix.normalize(decodeURIComponent(url?.pathname ?? "")).replace(/\/+$/, "");
  if (url === null || url.hostname === "" || url.username === "" || url.password !== "" || path === "")
    throw new PlacardError("usage", `${given} is no folder of another machine.`, {
      next: "Say sftp://USER@HOST/PATH, without a password: a key signs in.",
    });
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return { username: decodeURIComponent(url.username), host, port: Number(url.port || 22), path };
}

async function connect({ username, host, port }: Address, environment: SshEnvironment): Promise<Client> {
  const { agent, keyFile, passphrase, hostKey } = environment;
  if (agent === undefined && keyFile === undefined)
    throw new PlacardError("usage", "No key to sign in with is set.", {
      next: "Set PLACARD_SSH_KEY to the file of a private key, or run an agent (SSH_AUTH_SOCK).",
    });
  const privateKey = keyFile === undefined ? undefined : await readFile(keyFile);
  const client = new Client();
  let presented = "";
  const isMeant = (key: Buffer): boolean => {
    presented = `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
    return hostKey !== undefined && isSame(presented, hostKey.replace(/=+$/, ""));
  };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.once("ready", resolve).once("error", reject);
  client.connect({
    host,
    port,
    username,
    hostVerifier: isMeant,
    readyTimeout: PATIENCE_MS,
    keepaliveInterval: PATIENCE_MS,
    ...(privateKey === undefined ? { agent } : { privateKey, ...(passphrase === undefined ? {} : { passphrase }) }),
  } as Parameters<Client["connect"]>[0]);
  try {
    await promise;
  } catch (cause) {
    client.end();
    if (presented !== "" && !(hostKey !== undefined && isSame(presented, hostKey.replace(/=+$/, ""))))
      throw unmeant(host, presented, hostKey);
    throw unreachable(host, cause);
  }
  // Many small questions, each waiting for its answer.
  client.setNoDelay(true);
  // What breaks later is told by what was under way.
  client.on("error", () => undefined);
  return client;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function unmeant(host: string, presented: string, hostKey: string | undefined): PlacardError {
  if (hostKey !== undefined)
    return new PlacardError("remote", `${host} showed another key (${presented}) than PLACARD_SSH_HOST_KEY says.`, {
      next: "Do not go on before whoever runs it has told you why.",
    });
  return new PlacardError(
    "usage",
    `Whether ${host} is the machine that you mean is not known: its key is ${presented}.`,
    {
      next: "Compare it with what whoever runs it tells you (ssh-keygen -lf), and set PLACARD_SSH_HOST_KEY to it.",
    },
  );
}

function unreachable(host: string, cause: unknown): PlacardError {
  return new PlacardError("remote", `${host} does not let us in: ${(cause as Error).message}`, {
    cause,
    next: "Look at the address, the user's name and the key, then run the same command again.",
  });
}

type Done<T> = (error: Error | null | undefined, value: T) => void;

interface RemoteFiles {
  read(path: string): Promise<Uint8Array | undefined>;
  /** Whole or not at all. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** False where `from` is missing, or the other machine has no links to give. */
  link(from: string, to: string): Promise<boolean>;
  remove(path: string): Promise<void>;
  pointsTo(path: string): Promise<string | undefined>;
  point(path: string, to: string): Promise<void>;
}

function remoteFiles(sftp: SFTPWrapper): RemoteFiles {
  /** Nothing answers any more once the connection is broken. */
  const waiting = new Set<(error: Error) => void>();
  sftp.once("close", () => {
    for (const reject of waiting) reject(new Error("the connection broke"));
  });
  const ask = async <T>(verb: string, path: string, work: (done: Done<T>) => unknown): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    waiting.add(reject);
    work((error, value) => (error ? reject(error) : resolve(value)));
    try {
      return await promise;
    } catch (cause) {
      if (isMissing(cause)) throw cause;
      throw new PlacardError("remote", `The other machine did not ${verb} ${path}: ${(cause as Error).message}`, {
        cause,
        next: "Run the same command again: it goes on where it stopped.",
      });
    } finally {
      waiting.delete(reject);
    }
  };
  const isThere = (path: string): Promise<boolean> =>
    ask("look at", path, (done: Done<unknown>) => sftp.lstat(path, done)).then(() => true, whereMissing(false));
  const known = new Map<string, Promise<void>>();
  /** Once each, whoever asks for it first. */
  const ensureFolder = (path: string): Promise<void> => {
    const made = known.get(path) ?? makeFolder(path);
    known.set(path, made);
    return made;
  };
  const makeFolder = async (path: string): Promise<void> => {
    if (await isThere(path)) return;
    await ensureFolder(posix.dirname(path));
    await ask<void>("make", path, (done) => sftp.mkdir(path, (error) => done(error, undefined)));
  };
  let count = 0;
  const temporary = (path: string): string => posix.join(posix.dirname(path), `.tmp-${process.pid}-${count++}`);
  const put = async (from: string, to: string): Promise<void> => {
    await ask<void>("rename", to, (done) => sftp.ext_openssh_rename(from, to, (error) => done(error, undefined)));
  };
  return {
    read: (path) => ask("read", path, (done: Done<Buffer>) => sftp.readFile(path, done)).catch(whereMissing(undefined)),
    write: async (path, bytes) => {
      await ensureFolder(posix.dirname(path));
      const unfinished = temporary(path);
      const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      await ask<void>("write", path, (done) =>
        sftp.writeFile(unfinished, content, { mode: 0o644 }, (error) => done(error, undefined)),
      );
      await put(unfinished, path);
    },
    link: async (from, to) => {
      await ensureFolder(posix.dirname(to));
      const unfinished = temporary(to);
      const isLinked = await new Promise<boolean>((resolve) => {
        try {
          sftp.ext_openssh_hardlink(from, unfinished, (error) => resolve(!error));
        } catch {
          resolve(false);
        }
      });
      if (isLinked) await put(unfinished, to);
      return isLinked;
    },
    remove: async (path) => {
      await ask<void>("remove", path, (done) => sftp.unlink(path, (error) => done(error, undefined))).catch(
        whereMissing(undefined),
      );
      // Empty folders go too; the other machine refuses where they are not.
      for (let folder = posix.dirname(path); /\.trees\/[ab]\/./.test(folder); folder = posix.dirname(folder)) {
        const gone = await new Promise<boolean>((resolve) => sftp.rmdir(folder, (error) => resolve(!error)));
        if (!gone) break;
        known.delete(folder);
      }
    },
    pointsTo: (path) =>
      ask("look at", path, (done: Done<string>) =>
        sftp.lstat(path, (error, stats) => {
          if (error) done(error, "");
          else if (!stats.isSymbolicLink()) done(undefined, "");
          else sftp.readlink(path, done);
        }),
      ).catch(whereMissing(undefined)),
    point: async (path, to) => {
      await ensureFolder(posix.dirname(path));
      const unfinished = temporary(path);
      await ask<void>("point", path, (done) => sftp.symlink(to, unfinished, (error) => done(error, undefined)));
      await put(unfinished, path);
    },
  };
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null)?.code === NO_SUCH_FILE;
}

function whereMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (isMissing(error)) return value;
    throw error;
  };
}

function openTree(files: RemoteFiles, root: string, other: string): SiteStore {
  return {
    read: (path) => files.read(`${root}/${path}`),
    write: (path, bytes) => files.write(`${root}/${path}`, bytes),
    adopt: (path) => files.link(`${other}/${path}`, `${root}/${path}`),
    remove: (path) => files.remove(`${root}/${path}`),
  };
}
