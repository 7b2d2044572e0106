/**
 * A mailbox served by Dovecot on this machine: its `imap` on a socket of ours, already signed in (as over ssh), with nothing installed or listening elsewhere.
 * PLACARD_DOVECOT is where it was unpacked, or `/` where it is installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { MailServer } from "../../../src/ask/sending/server.ts";

const root = process.env["PLACARD_DOVECOT"] ?? "/";
const programs = join(root, "usr/lib/dovecot");
export const hasDovecot = existsSync(join(programs, "imap"));

/** It serves nobody who is root. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const id = isRoot ? NOBODY : (process.getuid?.() ?? NOBODY);
const group = isRoot ? NOBODY : (process.getgid?.() ?? NOBODY);

export interface Mailboxes extends AsyncDisposable {
  readonly server: MailServer;
  /** Puts a mail into a folder as a delivery does, at a time. */
  deliver(bytes: Uint8Array, options: { readonly name: string; readonly sent?: boolean }): void;
}

export async function startMailboxes(folder: string): Promise<Mailboxes> {
  const maildir = join(folder, "Maildir");
  const folders = [folder, join(folder, "run"), maildir, join(maildir, ".Sent")];
  const all = [
    ...folders,
    ...[maildir, join(maildir, ".Sent")].flatMap((one) => ["cur", "new", "tmp"].map((name) => join(one, name))),
  ];
  for (const each of all) own(mkdirIfMissing(each));
  const conf = join(folder, "dovecot.conf");
  const lines = [
    `base_dir = ${folder}/run`,
    `state_dir = ${folder}/run`,
    `libexec_dir = ${programs}`,
    `mail_plugin_dir = ${programs}/modules`,
    `mail_location = maildir:${maildir}`,
    "log_path = /dev/stderr",
    "ssl = no",
    "stats_writer_socket_path =",
    `mail_uid = ${id}`,
    `mail_gid = ${group}`,
    "first_valid_uid = 1",
    "first_valid_gid = 0",
    "namespace inbox {\n  inbox = yes\n}\n",
  ];
  writeFileSync(conf, lines.join("\n"));
  chmodSync(conf, 0o644);
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    const args = ["-f", "service=imap", "-c", conf, "-m", "imap", "-e", join(programs, "imap")];
    const child = spawn(join(root, "usr/bin/doveconf"), args, {
      stdio: ["pipe", "pipe", "ignore"],
      uid: id,
      gid: group,
      env: { PATH: "/usr/bin:/bin", USER: "questions", HOME: folder, LD_LIBRARY_PATH: libraries() },
    });
    for (const stream of [socket, child.stdin, child.stdout]) stream.on("error", () => undefined);
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
    socket.on("close", () => child.kill());
    child.on("error", () => socket.destroy());
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return {
    server: { host: "127.0.0.1", port, security: "none" },
    deliver: (bytes, { name, sent = false }) => {
      const path = join(maildir, ...(sent ? [".Sent"] : []), "new", name);
      writeFileSync(path, bytes);
      own(path);
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

function mkdirIfMissing(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  chmodSync(path, 0o755);
  return path;
}

function own(path: string): void {
  if (isRoot) chownSync(path, NOBODY, NOBODY);
}

function libraries(): string {
  const { stdout } = spawnSync("uname", ["-m"], { encoding: "utf8" });
  return [programs, join(root, `usr/lib/${stdout.trim()}-linux-gnu`)].join(":");
}
