/** kill −9 of the server while something is sent in: what has a receipt is there, and what was sent again is there once. */
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { newFolder } from "../faults/place.ts";
import { foundedHouse } from "./house.ts";
import { doWork, newKey, openDoor, receipt, send, sendIn } from "./sender.ts";

const script = join(import.meta.dirname, "saving-server-child.ts");
const PICTURE = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(4 << 20, "ink")]).toString(
  "base64",
);

async function startServer(folder: string) {
  const child = fork(script, [folder], { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: [] });
  await once(child, "message");
  let number = 0;
  const ask = async (path: string, asking: object = {}): Promise<Response> => {
    const mine = number++;
    child.send({ number: mine, path, asking });
    for (;;) {
      const [answer] = (await once(child, "message")) as [{ number: number; status: number; body: unknown }];
      if (answer.number === mine) return Response.json(answer.body, { status: answer.status });
    }
  };
  const kill = async (): Promise<void> => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  return { ask, kill };
}

test("killed as soon as it has said yes, and in the middle of saying it", async () => {
  const root = await newFolder();
  const folder = join(root, "record");
  const made = await foundedHouse({ folder });
  const { owner: cookie } = made.cookies;
  await openDoor(made, cookie);
  await made[Symbol.asyncDispose]();
  let server = await startServer(folder);
  try {
    const code = await sendIn(server.ask, { links: "https://x.example/1", pictures: [PICTURE], words: "first" });
    await server.kill();
    server = await startServer(folder);
    const { state, parts, words } = await receipt(server.ask, code);
    assert.deepEqual([state, parts.length, words], ["received", 2, 1]);

    const codes = new Set([code]);
    for (const wait of [1, 3, 6, 12, 25, 50]) {
      const sending = { key: newKey(), links: "https://x.example/2", pictures: [PICTURE] };
      const work = await doWork(server.ask);
      void send(server.ask, sending, { work }).catch(() => undefined);
      await sleep(wait);
      await server.kill();
      server = await startServer(folder);
      codes.add(await sendIn(server.ask, sending));
    }
    const { sent } = (await (await server.ask("/api/inbox", { cookie })).json()) as {
      sent: readonly { ref: string }[];
    };
    assert.deepEqual(sent.map(({ ref }) => ref).toSorted(), [...codes].map((one) => one.slice(0, 9)).toSorted());
  } finally {
    await server.kill();
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
});
