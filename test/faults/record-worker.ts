/**
 * Works on the record in the folder given, in an order that the seed decides, for so many steps or without end. What a call promised is said
 * on standard output as soon as the call has resolved, one line of JSON each, and never before.
 */
import { writeSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { toBase64, toHex, utf8 } from "../../src/lib/bytes.ts";
import { sha256 } from "../../src/lib/sha256.ts";

enableCompileCache();
const { cosignHead, timestampHead } = await import("../../src/app/attest.ts");
const { audit } = await import("../../src/app/audit.ts");
const { sealCapture } = await import("../../src/app/capture-exhibit.ts");
const { eraseExhibit, eraseIfFirstIsErased } = await import("../../src/app/erase-exhibit.ts");
const { openContext } = await import("../../src/app/open-record.ts");
const { seal, sealAll } = await import("../../src/app/seal.ts");
const { emptyIndex } = await import("../../src/index/exhibit-index.ts");
const { isPlacardError } = await import("../../src/lib/error.ts");

const [folder = "", inputs = "", seed = "", authority = "no", steps = "Infinity"] = process.argv.slice(2);
let draws = 0;
/** 0 … n − 1, from the seed. */
const draw = (n: number): number => new DataView(sha256(utf8(`${seed} ${draws++}`)).buffer).getUint32(0) % n;
const say = (line: object): unknown => writeSync(1, `${JSON.stringify(line)}\n`);

writeSync(1, "ready\n");
const opened = await openContext(folder);
const { context } = opened;

/** A page as a capture hands it over. The picture is one of three, so exhibits share it; the text is told from all others. */
async function page(secret: string) {
  const at = (name: string): string => join(inputs, `${process.pid}-${secret}-${name}`);
  const contents = {
    archive: utf8(`${secret} `.repeat(1 + draw(4000))),
    screenshot: utf8(`picture ${draw(3)}`),
    text: utf8(`${secret} said this.`),
  };
  for (const [name, bytes] of Object.entries(contents)) await writeFile(at(name), bytes);
  const files = { archive: at("archive"), screenshot: at("screenshot"), text: at("text") };
  const facts = { url: `https://townsquare.example/p/${secret}`, title: secret, postText: `${secret} said this.` };
  const tiles = { seed: sha256(utf8(`seed of ${secret}`)), screenshotTiles: {} };
  return { page: { files, facts, tiles }, hashes: Object.values(contents).map((bytes) => toHex(sha256(bytes))) };
}

const capture = async (): Promise<void> => {
  const secret = `lantern-${toHex(crypto.getRandomValues(new Uint8Array(8)))}`;
  const made = await page(secret);
  const { id, position } = await sealCapture(context, made.page, {});
  say({ did: "captured", id, position, secret, hashes: made.hashes });
};

const someSealed = async () => {
  const sealed = (await context.index.list()).filter((row) => row.state === "sealed");
  return sealed[draw(Math.max(1, sealed.length))];
};

const STEPS: readonly (() => Promise<void>)[] = [
  capture,
  capture,
  async () => void (await Promise.all([capture(), capture(), capture()])),
  async () => {
    const titles = Array.from({ length: 1 + draw(40) }, (_, i) => `Batch ${i}`);
    const sealed = await sealAll(
      context,
      titles.map((title) => ({ act: "captured", title })),
    );
    for (const { id, position } of sealed) say({ did: "captured", id, position, hashes: [] });
  },
  async () => {
    const first = await someSealed();
    if (first === undefined || first.recaptureOf !== null) return;
    const { id: of, position: at } = first;
    const recaptureOf = { id: of, leaf: "0".repeat(64), position: at };
    const result = ["unchanged", "edited", "gone", "not-reachable"][draw(4)] as string;
    const { id, position } = await seal(context, {
      act: "recaptured",
      recaptureOf,
      result,
      changes: { was: first.title },
    });
    try {
      await eraseIfFirstIsErased(context, of);
      say({ did: "captured", id, position, hashes: [] });
    } catch (error) {
      if (!isPlacardError(error, "erased")) throw error;
    }
  },
  async () => {
    const row = await someSealed();
    if (row === undefined) return;
    const reason = `asked for, ${draw(1000)}`;
    try {
      const { recaptures } = await eraseExhibit(context, row.id, reason);
      say({ did: "erased", id: row.id, reason, secret: row.title });
      for (const id of recaptures) say({ did: "erased", id, reason });
    } catch (error) {
      // Another process was quicker.
      if (!isPlacardError(error, "erased")) throw error;
    }
  },
  async () => {
    await emptyIndex(context.folder.index);
    await context.index.catchUp();
  },
  async () => {
    const { verdict, findings } = await audit(context);
    say({
      did: "audited",
      verdict,
      findings: findings.filter(({ state }) => !["erased", "unreferenced"].includes(state)),
    });
  },
  async () => {
    for (const { outcome, size, reason } of await cosignHead(context)) say({ did: "cosigned", outcome, size, reason });
  },
  async () => {
    if (authority === "no" || draw(3) > 0) return;
    for (const { outcome, size, reason } of await timestampHead(context))
      say({ did: "stamped", outcome, size, reason });
  },
];

for (let step = 0; step < Number(steps); step++) {
  await (STEPS[draw(STEPS.length)] as () => Promise<void>)();
  const { size, root } = await context.log.head();
  say({ did: "seen", size, root: toBase64(root) });
}
await opened[Symbol.asyncDispose]();
