/** Opens the record in the folder given and appends without end; a line `index entry` for each acknowledgement. */
import { writeSync } from "node:fs";
import { toHex } from "../../src/lib/bytes.ts";
import { entryOf } from "../../src/record/sd-jwt.ts";
import { seal } from "../act-fixture.ts";
import { killWorld, openKillLog } from "./kill-world.ts";

const [folder = "", vkey = "", privateKey = ""] = process.argv.slice(2);
writeSync(1, "ready\n");
const log = await openKillLog(killWorld(folder), { vkey, privateKey });
for (let i = 0; ; i++) {
  const count = i % 7 === 3 ? 60 : 1 + (i % 3);
  const items = Array.from({ length: count }, (_, k) => seal({ act: "captured", note: `${process.pid} ${i} ${k}` }));
  const receipts = await log.appendBatch(items.map((item) => () => ({ entry: entryOf(item.jwt), item })));
  const lines = receipts.map(({ index }, k) => `${index} ${toHex(entryOf((items[k] as (typeof items)[0]).jwt))}\n`);
  // In one call and at once, as a process that has acknowledged has no more to do.
  writeSync(1, lines.join(""));
}
