/**
 * A server's process to be killed: opens the house in a folder, answers by IPC what `app.request()` answers, and saves. Its
 * parent signed its members in before.
 */
import { emptyHouse } from "./house.ts";

const house = await emptyHouse({ folder: process.argv[2] ?? "", allowPrivate: true });

interface Asked {
  readonly number: number;
  readonly path: string;
  readonly asking: Parameters<typeof house.ask>[1];
}

process.on("message", (message) => {
  const { number, path, asking } = message as Asked;
  void house.ask(path, asking).then(async (answer) => {
    process.send?.({ number, status: answer.status, body: await answer.json() });
  });
});
process.on("disconnect", () => void house[Symbol.asyncDispose]());
process.send?.({ ready: true });
