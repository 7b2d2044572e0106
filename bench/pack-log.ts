/** Network logs for pack.ts, recorded by the browser that captures use: a page that fetches 100 MB over HTTP/2 with TLS. */
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { browserFiles, launch } from "../src/capture/browser/launch.ts";
import { openGate } from "../src/capture/gate/gate.ts";
import { body, type ConformancePage, html } from "../src/sample/conformance/answer.ts";
import { makeCertificate } from "../src/sample/conformance/certificate.ts";
import { serveHttp2 } from "../src/sample/conformance/http2-server.ts";
import { answering } from "../src/sample/conformance/served.ts";
import { trustingBrowser } from "../test/conformance/trusting-browser.ts";

/** "media": what is compressed already, as most of the bytes of most pages are. "text": what is not. */
export type Kind = "media" | "text";

interface RecordedLog {
  readonly log: string;
  /** All bodies as they were served, one after the other. */
  readonly wire: string;
  readonly bytes: number;
}

const TOTAL = 100_000_000;
/** Bytes of the bodies, in turn: half of the requests for a sixteenth of the bytes. */
const SIZES = [16_000, 240_000];

/** Records a log into `folder`, which must be empty. */
export async function recordLog(kind: Kind, folder: string): Promise<RecordedLog> {
  const bodies = cut(kind === "media" ? randomBytes(TOTAL) : await sourceText());
  const type = kind === "media" ? "image/jpeg" : "text/plain";
  const page: ConformancePage = {
    name: "hundred",
    answers: () => ({
      "": html(
        "A hundred million bytes",
        `<script>(async () => {
          for (let i = 0; i < ${bodies.length}; i++) await fetch("part?" + i).then((answer) => answer.arrayBuffer());
          document.title = "done";
        })()</script>`,
      ),
      part: ({ path }) =>
        body(type, bodies[Number(path.replace(/\D/g, ""))] as Buffer, [["Cache-Control", "no-store"]]),
    }),
  };
  const keys = await makeCertificate();
  await using server = await serveHttp2((origin) => answering([page], { origin, other: origin, sockets: "" }), {
    keys,
  });
  await using gate = await openGate({ mayReach: () => true });
  const browser = await trustingBrowser(keys.cert);
  const files = browserFiles(folder);
  const { context, tree } = await launch({ browser, files, gate: gate.port });
  try {
    const shown = context.pages()[0] ?? (await context.newPage());
    await shown.goto(`${server.origin}/hundred/`);
    await shown.waitForFunction(`document.title === "done"`, undefined, { timeout: 120_000 });
    await context.close();
  } finally {
    await tree.end();
  }
  const wire = join(folder, "wire");
  await pipeline(Readable.from(bodies), createWriteStream(wire));
  return { log: files.netLog, wire, bytes: TOTAL };
}

function cut(bytes: Buffer): readonly Buffer[] {
  const bodies: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += (bodies.at(-1) as Buffer).length) {
    bodies.push(bytes.subarray(at, at + (SIZES[bodies.length % SIZES.length] as number)));
  }
  return bodies;
}

/** Placard's own source, over and over: what repeats lies further back than deflate looks. */
async function sourceText(): Promise<Buffer> {
  const root = join(import.meta.dirname, "../src");
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".ts")).toSorted();
  const once = Buffer.concat(await Promise.all(names.map((name) => readFile(join(root, name)))));
  return Buffer.concat(Array.from({ length: Math.ceil(TOTAL / once.length) }, () => once)).subarray(0, TOTAL);
}
