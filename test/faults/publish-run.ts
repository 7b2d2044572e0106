/** Two states of an invented site: the second has one exhibit more, one corrected and one withdrawn. */
import { join } from "node:path";
import { buildStage, type Stage } from "../../src/app/publish/stage.ts";
import { utf8 } from "../../src/lib/bytes.ts";
import { inventedPicture, inventedSite, timeOf } from "../site-fixture.ts";

export function publishedFor(root: string): { readonly folder: string; readonly target: string } {
  return { folder: join(root, "site"), target: join(root, "public") };
}

export async function stageOf(folder: string, which: number): Promise<Stage> {
  const corrections = [{ at: timeOf(800), what: "The hour was wrong.", why: "No zone was named." }];
  const changed = new Map([
    [0, { corrections }],
    [1, { withdrawn: { at: timeOf(900), because: "mistake" } as const }],
  ]);
  const content = inventedSite({
    exhibits: which === 0 ? 2 : 3,
    picture: await inventedPicture(),
    ...(which === 0 ? {} : { changed }),
  });
  return buildStage(folder, content, {
    verifyPage: new Map([["index.html", utf8("the page that checks")]]),
    asTheyAre: [{ path: "ledger/checkpoint", isFixed: false, read: async () => utf8(`checkpoint ${which}\n`) }],
  });
}
