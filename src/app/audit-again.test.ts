import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { utf8 } from "../lib/bytes.ts";
import { audit } from "./audit.ts";
import type { RecordContext } from "./context.ts";
import { eraseExhibit, finishErasures } from "./erase-exhibit.ts";
import { initRecord } from "./init-record.ts";
import { openContext } from "./open-record.ts";
import { seal } from "./seal.ts";

/** The context, with `meanwhile` done once: just before the `nth` call of its ledger, index or vault. */
function interrupted(context: RecordContext, nth: number, meanwhile: () => Promise<unknown>) {
  let calls = 0;
  const before = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(_, name) {
        const member: unknown = Reflect.get(part, name);
        if (typeof member !== "function") return member;
        return (...given: readonly unknown[]) => {
          const call = () => Reflect.apply(member, part, given) as unknown;
          if (name === "erasureDone" || ++calls !== nth) return call();
          if (!(name === "readActs" || name === "listBlobs")) return meanwhile().then(call);
          return (async function* () {
            await meanwhile();
            yield* call() as AsyncIterable<unknown>;
          })();
        };
      },
    });
  const { log, index, vault } = context;
  const watched = { ...context, log: before(log), index: before(index), vault: before(vault) };
  return { watched, calls: () => calls };
}

test("another process erases before any step of an audit, all of it or as far as the ledger: the audit holds", async () => {
  const folder = await mkdtemp(join(tmpdir(), "placard-audit-"));
  try {
    const whole = join(folder, "whole");
    await initRecord(whole, { name: "Hollow Lane Residents" });
    let id = "";
    let position = 0;
    {
      await using opened = await openContext(whole);
      const { vault } = opened.context;
      const archive = { ...(await vault.putBlob([utf8("archive")], "application/wacz")) };
      ({ id, position } = await seal(opened.context, { act: "captured", title: "a lantern", archive }, [
        archive.sha256,
      ]));
    }
    let steps = Number.POSITIVE_INFINITY;
    for (let nth = 1; nth <= steps; nth++) {
      for (const far of ["to its end", "into the ledger"] as const) {
        const path = join(folder, `${nth} ${far}`);
        await cp(whole, path, { recursive: true });
        await using mine = await openContext(path);
        await using other = await openContext(path);
        let finish = (): Promise<unknown> => Promise.resolve();
        const { watched, calls } = interrupted(mine.context, nth, async () => {
          if (far === "to its end") return eraseExhibit(other.context, id, "asked for");
          finish = () => finishErasures(other.context);
          return seal(other.context, { act: "erased", of: id, position, reason: "asked for" });
        });
        const { verdict, findings } = await audit(watched);
        assert.equal(verdict, "holds", `before call ${nth}, ${far}: ${JSON.stringify(findings)}`);
        await finish();
        steps = calls();
      }
    }
    assert.ok(steps >= 8, `${steps} steps`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
