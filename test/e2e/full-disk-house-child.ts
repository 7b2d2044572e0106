/**
 * A house on a small disk of its own, a tmpfs in a mount namespace that ends with this process (`unshare` starts it). It listens,
 * and fills its disk and makes room again when a line on its standard input says so.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { listenTo } from "../../src/server/serve.ts";
import { emptyHouse } from "../server/house.ts";

const [record = "", mount = "", screens = ""] = process.argv.slice(2);
const filler = join(mount, "filler");

/** Until not a byte more goes onto it. */
function fill(): void {
  for (const size of [1 << 20, 1 << 12, 1]) {
    const piece = new Uint8Array(size);
    try {
      for (;;) appendFileSync(filler, piece);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }
}

await mkdir(mount, { recursive: true });
execFileSync("mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", mount]);
const folder = join(mount, "record");
await cp(record, folder, { recursive: true });
const listening = await listenTo((request, env) => house.app.fetch(request, env), { host: "127.0.0.1", port: 0 });
const house = await emptyHouse({ folder, baseUrl: listening.url, screens, keptFree: 0, allowPrivate: true });
process.stdout.write(`${listening.url}\n`);
for await (const line of createInterface(process.stdin)) {
  if (line === "fill") fill();
  else rmSync(filler);
  process.stdout.write(`${line}\n`);
}
await listening.close();
await house[Symbol.asyncDispose]();
