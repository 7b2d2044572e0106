/** kill −9 while letters are handed over to a real mail server: none is sent twice, none is lost, and what is not known is said to be so. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openOutbox } from "../../../src/ask/sending/outbox.ts";
import { killRuns } from "../../faults/kill.ts";
import { killsAtLength } from "../../fuzz-time.ts";
import { startMailServer } from "./mail-server.ts";

const LETTERS_A_RUN = 12;

test("killed at any moment, no letter arrives twice and none is lost", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "placard-kill-send-"));
  const path = join(folder, "outbox.sqlite");
  await using running = await startMailServer({ slow: 8 });
  const outbox = await openOutbox(path);
  let queued = 0;
  const queue = (): void => {
    for (let i = 0; i < LETTERS_A_RUN; i++) {
      const messageId = `<letter-${queued++}@ask.hollow.example>`;
      const mail = Buffer.from(
        `From: q@ask.hollow.example\r\nTo: w@lanterns.example\r\nMessage-ID: ${messageId}\r\n\r\nThe lamps.\r\n`,
      );
      const envelope = { sender: "q@ask.hollow.example", recipient: "w@lanterns.example" };
      outbox.queue({ messageId, question: "q", letter: "l", ...envelope, mail }, queued);
    }
  };
  try {
    queue();
    let unclear = 0;
    const totals = await killRuns(killsAtLength(90), {
      script: join(import.meta.dirname, "kill-send-child.ts"),
      args: [path, String(running.server.port)],
      longest: 1200,
      check: async (lines) => {
        unclear += outbox.recover(Date.now());
        const times = new Map<string, number>();
        for (const { messageId } of running.received) times.set(messageId, (times.get(messageId) ?? 0) + 1);
        assert.ok(
          [...times.values()].every((count) => count === 1),
          "a letter arrived twice",
        );
        const states = new Map(outbox.list().map(({ messageId, state }) => [messageId, state]));
        assert.equal(states.size, queued, "a letter is lost");
        for (const [messageId, state] of states) {
          if (state === "accepted") assert.equal(times.get(messageId), 1, `${messageId} is said to have gone out`);
          if (state === "queued") assert.equal(times.get(messageId), undefined, `${messageId} is said to wait`);
        }
        for (const line of lines.filter((one) => one.startsWith("accepted ")))
          assert.equal(states.get(line.slice("accepted ".length)), "accepted");
        queue();
      },
    });
    t.diagnostic(`${totals.runs} kills, ${running.received.length} letters arrived, ${unclear} of which nobody knows`);
    assert.ok(running.received.length > totals.runs && unclear > 0);
  } finally {
    outbox.close();
    await rm(folder, { recursive: true });
  }
});
