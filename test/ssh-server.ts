/** OpenSSH's own server on loopback, with keys made for the occasion. Undefined where it is not installed. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SshEnvironment } from "../src/app/environment.ts";

import { freePort } from "./free-port.ts";

export interface SshServer extends AsyncDisposable {
  readonly environment: SshEnvironment;
  /** `sftp://USER@HOST:PORT`. */
  readonly address: string;
}

const PROGRAM = "/usr/sbin/sshd";
const PATIENCE = 10_000;

/** `folder`: an empty one of its own. */
export async function startSshServer(folder: string): Promise<SshServer | undefined> {
  if (!existsSync(PROGRAM)) return undefined;
  const hostKey = makeKey(join(folder, "host"));
  makeKey(join(folder, "own"));
  writeFileSync(join(folder, "authorized"), readFileSync(join(folder, "own.pub")), { mode: 0o600 });
  // Where it drops its rights, which a system without its service lacks.
  if (userInfo().uid === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const port = await freePort();
  const settings = [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${join(folder, "host")}`,
    `AuthorizedKeysFile ${join(folder, "authorized")}`,
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PermitRootLogin prohibit-password",
    "StrictModes no",
    "UsePAM no",
    "PidFile none",
    "Subsystem sftp internal-sftp",
  ];
  writeFileSync(join(folder, "sshd_config"), `${settings.join("\n")}\n`);
  const server = spawn(PROGRAM, ["-D", "-e", "-f", join(folder, "sshd_config")], { stdio: "ignore" });
  await untilItListens(port);
  return {
    environment: { agent: undefined, keyFile: join(folder, "own"), passphrase: undefined, hostKey },
    address: `sftp://${userInfo().username}@127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      const gone = once(server, "exit");
      server.kill("SIGTERM");
      await gone;
    },
  };
}

/** Its fingerprint. */
function makeKey(path: string): string {
  const made = spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", path]);
  const told = spawnSync("ssh-keygen", ["-lf", `${path}.pub`], { encoding: "utf8" });
  if (made.status !== 0 || told.status !== 0) throw new Error(`ssh-keygen: ${made.stderr} ${told.stderr}`);
  return told.stdout.split(" ")[1] ?? "";
}

async function untilItListens(port: number): Promise<void> {
  const until = performance.now() + PATIENCE;
  while (performance.now() < until) {
    const isListening = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isListening) return;
    await sleep(50);
  }
  throw new Error("sshd does not listen.");
}
