/**
 * A server on a small disk of its own, a tmpfs in a mount namespace that ends with this process (full-disk.deep.test.ts starts it by
 * `unshare`). Goes through every route with the disk full and with room again, and prints what each answered, as JSON.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { audit } from "../../src/app/audit.ts";
import { openContext } from "../../src/app/open-record.ts";
import type { Line } from "../../src/server/access.ts";
import { openRooms } from "../../src/server/sandbox-rooms.ts";
import { askings, askLine, inOrder, routesOf } from "./every-route.ts";
import { type Askable, emptyHouse } from "./house.ts";
import type { Known } from "./known-house.ts";

export interface Answered {
  readonly line: Line;
  readonly status: number;
  readonly text: string;
}
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly next?: string;
}
export interface Report {
  readonly before: readonly Answered[];
  readonly readsWhenFull: readonly Answered[];
  readonly writesWhenFull: readonly Answered[];
  readonly readsAfterwards: readonly Answered[];
  /** What is said of captures that wait. */
  readonly troubleWhenFull: Trouble | undefined;
  readonly writesWithRoom: readonly Answered[];
  readonly troubleWithRoom: Trouble | undefined;
  readonly audit: string;
}
export interface Prepared {
  readonly folder: string;
  readonly mount: string;
  readonly cookies: Readonly<Record<string, string>>;
  readonly known: Known;
}

const SIZE = "24m";
async function main({ folder, mount, cookies, known }: Prepared): Promise<Report> {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", mount]);
  const record = join(mount, "record");
  await cp(folder, record, { recursive: true });
  const sandbox = { origin: "http://127.0.0.1:8001", rooms: openRooms() };
  const open = () => emptyHouse({ folder: record, keptFree: 0, sandbox });
  let house = await open();
  const prepared = askings(known);
  const ask = async (line: Line): Promise<Answered> => {
    const answer = await askLine(house, prepared[line], line, cookies);
    return { line, status: answer.status, text: (await textOf(answer)).slice(0, 400) };
  };
  const each = async (lines: readonly Line[]): Promise<readonly Answered[]> => {
    const answers: Answered[] = [];
    for (const line of lines) answers.push(await ask(line));
    return answers;
  };
  const lines = routesOf(house);
  const reads = lines.filter((line) => line.startsWith("GET "));
  const writes = inOrder(lines.filter((line) => !line.startsWith("GET ")));
  const before = await each(reads);
  fill(join(mount, "filler"));
  const readsWhenFull = await each(reads);
  const writesWhenFull = await each(writes);
  // Started anew on a disk that is still full.
  await house[Symbol.asyncDispose]();
  house = await open();
  const readsAfterwards = await each(reads);
  const troubleWhenFull = await troubleIn(house, cookies, (trouble) => trouble !== undefined);
  rmSync(join(mount, "filler"));
  const writesWithRoom = await each(writes);
  const troubleWithRoom = await troubleIn(house, cookies, (trouble) => trouble?.code !== "storage");
  await house[Symbol.asyncDispose]();
  await using opened = await openContext(record);
  const { verdict } = await audit(opened.context);
  return {
    before,
    readsWhenFull,
    writesWhenFull,
    readsAfterwards,
    troubleWhenFull,
    writesWithRoom,
    troubleWithRoom,
    audit: verdict,
  };
}

/** Milliseconds until the process that captures has come upon it. */
const PATIENCE = 60_000;

async function troubleIn(
  house: Askable,
  cookies: Prepared["cookies"],
  enough: (trouble: Trouble | undefined) => boolean,
): Promise<Trouble | undefined> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const answer = await house.ask("/api/captures", { cookie: cookies["owner"] });
    const { trouble } = (await answer.json()) as { trouble?: Trouble };
    if (enough(trouble) || performance.now() > until) return trouble;
    await sleep(200);
  }
}

async function textOf(answer: Response): Promise<string> {
  if (answer.headers.get("content-type")?.startsWith("text/event-stream") === true) {
    await answer.body?.cancel();
    return "";
  }
  return answer.text().catch((error: unknown) => `broke off: ${String(error)}`);
}

/** Until not a byte more goes onto it. */
function fill(path: string): void {
  for (const size of [1 << 20, 1 << 12, 1]) {
    const piece = new Uint8Array(size);
    try {
      for (;;) appendFileSync(path, piece);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }
}

const report = await main(JSON.parse(process.argv[2] ?? "") as Prepared);
process.stdout.write(JSON.stringify(report));
