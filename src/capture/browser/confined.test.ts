import assert from "node:assert/strict";
import { test } from "node:test";
import { confined, isSandboxForbidden } from "./confined.ts";

const COMMAND =
  "  - <launching> /home/lane/No usable sandbox!/chromium --user-data-dir=/tmp/Failed to move to new namespace";

/** As the driver tells of a browser that ended at once; `lines` it wrote itself. */
function ended(...lines: readonly string[]): Error {
  const wrote = lines.map((line) => `  - [pid=16036][err] ${line}`);
  const message = ["Target page, context or browser has been closed", "Call log:", COMMAND, "  - <launched> pid=16036"];
  return new Error([...message, ...wrote, "  - [pid=16036] <process did exit: exitCode=1, signal=null>"].join("\n"));
}

/** Written by Chromium 147 where `user.max_user_namespaces` is 0, and to root; the others as its source has them. */
const FORBIDDEN = [
  "[1130/114451.742639:FATAL:../content/browser/zygote_host/zygote_host_impl_linux.cc:128] No usable sandbox! If you are running on Ubuntu 23.10+ or another Linux distro that has disabled unprivileged user namespaces with AppArmor, see https://chromium.googlesource.com/chromium/src/+/main/docs/security/apparmor-userns-restrictions.md.",
  "[1130/114434.481080:ERROR:../content/browser/zygote_host/zygote_host_impl_linux.cc:101] Running as root without --no-sandbox is not supported. See https://crbug.com/638180.",
  "Failed to move to new namespace: PID namespaces supported, Network namespace supported, but failed: errno = Operation not permitted",
  "[0101/000000.000000:FATAL:../sandbox/linux/suid/client/setuid_sandbox_host.cc:163] The SUID sandbox helper binary was found, but is not configured correctly. Rather than run without sandboxing I'm aborting now.",
  "[0101/000000.000000:FATAL:../sandbox/linux/services/credentials.cc:131] Check failed: . : Permission denied (13)",
];
const OTHERWISE = [
  ended(),
  ended("[1130/114451.742639:ERROR:../dbus/bus.cc:406] Failed to connect to the bus"),
  ended("error while loading shared libraries: libnss3.so: cannot open shared object file"),
  new Error(`Timeout 30000ms exceeded.\nCall log:\n${COMMAND}\n  - <launched> pid=7`),
  new Error("it does not tell its process"),
];

/** Fails so often with these, then opens. */
function opening(...errors: readonly Error[]) {
  const tried: boolean[] = [];
  const open = async (sandbox: boolean): Promise<boolean> => {
    const error = errors[tried.length];
    tried.push(sandbox);
    if (error !== undefined) throw error;
    return sandbox;
  };
  return { open, tried };
}

test("a system that forbids a sandbox is told from any other failure, by what the browser wrote itself", () => {
  for (const line of FORBIDDEN) {
    assert.ok(isSandboxForbidden(ended("[err] before it", line)), line);
    const coloured = ended(line).message.replaceAll(/^ {2}(- .*)$/gm, "\u001b[2m  $1\u001b[22m");
    assert.ok(isSandboxForbidden(new Error(coloured)), line);
  }
  for (const error of OTHERWISE) assert.ok(!isSandboxForbidden(error), error.message);
  assert.ok(!isSandboxForbidden("No usable sandbox!"));
});

test("where the system forbids it, the browser is started without", async () => {
  for (const line of FORBIDDEN) {
    const { open, tried } = opening(ended(line));
    assert.equal(await confined(open, false), false);
    assert.deepEqual(tried, [true, false]);
  }
});

test("a start that fails otherwise is tried again with its sandbox, and never without", async () => {
  for (const error of OTHERWISE) {
    const once = opening(error);
    assert.equal(await confined(once.open, false), true);
    assert.deepEqual(once.tried, [true, true]);
    const ever = opening(error, error, error);
    await assert.rejects(confined(ever.open, false), (thrown) => thrown === error);
    assert.deepEqual(ever.tried, [true, true]);
  }
  const late = opening(OTHERWISE[3] as Error, ended(FORBIDDEN[0] as string));
  assert.equal(await confined(late.open, false), false);
});

test("root has none to begin with, and is asked once", async () => {
  const { open, tried } = opening();
  assert.equal(await confined(open, true), false);
  assert.deepEqual(tried, [false]);
});
