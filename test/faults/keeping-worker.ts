/** Backs up, or restores, again and again until it is killed; says "ready" first, then each file or folder that is done. */
import { writeSync } from "node:fs";
import { join } from "node:path";

const { backUp } = await import("../../src/app/keeping/back-up.ts");
const { restore } = await import("../../src/app/keeping/restore.ts");
const { openContext } = await import("../../src/app/open-record.ts");

const [what = "", from = "", target = "", passphrase = ""] = process.argv.slice(2);
writeSync(1, "ready\n");
for (let turn = 0; ; turn++) {
  if (what === "back-up") {
    const opened = await openContext(from);
    await backUp(opened.context, target, passphrase, { work: 4 });
    await opened[Symbol.asyncDispose]();
    writeSync(1, `${target}\n`);
  } else {
    const folder = join(target, `${process.pid}-${turn}`);
    await restore(from, folder, passphrase);
    writeSync(1, `${folder}\n`);
  }
}
