/** What a tool's output holds of one visit to a page of the conformance site, by what the servers wrote down. */
import { openAsBlob } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import type { ConformancePage } from "../src/sample/conformance/answer.ts";
import { compare, noFigures } from "../src/sample/conformance/compare.ts";
import type { Served } from "../src/sample/conformance/served.ts";
import { exchangesOf } from "../test/conformance/exchanges.ts";
import { type ReadRecord, readWarc } from "../test/read-warc.ts";
import type { Output } from "./field-tools.ts";

export interface Attained {
  /** Addresses that the page makes a browser ask for, and how many of them the tool asked for. */
  readonly wanted: number;
  readonly asked: number;
  /** Requests that the tool made, and how many of them its output records. */
  readonly made: number;
  readonly recorded: number;
  /** Of those, with both heads as they crossed the wire; and with the response's body byte for byte. */
  readonly heads: number;
  readonly bodies: number;
  /** Redirects that the tool was answered, and how many of them its output records. */
  readonly redirects: number;
  readonly redirectsKept: number;
}

export const NOTHING: Attained = {
  wanted: 0,
  asked: 0,
  made: 0,
  recorded: 0,
  heads: 0,
  bodies: 0,
  redirects: 0,
  redirectsKept: 0,
};

export function sum(all: readonly Attained[]): Attained {
  const names = Object.keys(NOTHING) as readonly (keyof Attained)[];
  const add = (name: keyof Attained): number => all.reduce((total, one) => total + one[name], 0);
  return Object.fromEntries(names.map((name) => [name, add(name)])) as unknown as Attained;
}

export async function attained(page: ConformancePage, served: readonly Served[], output: Output): Promise<Attained> {
  const asked = new Set(served.map(({ path }) => path.replace(/\?.*$/, "")));
  const wanted = Object.keys(page.answers({ origin: "", other: "", sockets: "" })).filter(
    (path) => !(page.unasked ?? []).includes(path),
  );
  const redirects = served.filter(isRedirect);
  const common = {
    wanted: wanted.length,
    asked: wanted.filter((path) => asked.has(`/${page.name}/${path}`)).length,
    made: served.length,
    redirects: redirects.length,
  };
  if (output.kind === "none") return { ...NOTHING, ...common };
  if (output.kind === "html") return { ...NOTHING, ...common, bodies: bodiesIn(await readFile(output.path), served) };
  const records = output.kind === "warc" ? await readWarc(output.path) : await recordsIn(output.path);
  const figures = noFigures();
  compare(served, exchangesOf(records), figures, [page]);
  const kept = noFigures();
  compare(redirects, exchangesOf(records), kept, [page]);
  return {
    ...common,
    recorded: figures.recorded,
    heads: Math.min(figures.requestHeads, figures.responseHeads),
    bodies: figures.bodies,
    redirectsKept: kept.recorded,
  };
}

function isRedirect({ status }: Served): boolean {
  return status > 300 && status < 400 && status !== 304;
}

/** A page in one file has pictures and typefaces in base64, other things as text: found there, they count. */
function bodiesIn(file: Buffer, served: readonly Served[]): number {
  const text = file.toString("utf8");
  return served.filter(({ written }) => {
    const body = Buffer.concat(written);
    return body.length > 0 && (text.includes(body.toString("base64")) || file.includes(body));
  }).length;
}

async function recordsIn(wacz: string): Promise<readonly ReadRecord[]> {
  const members = await new ZipReader(new BlobReader(await openAsBlob(wacz))).getEntries();
  const warc = members.find(({ filename }) => filename === "archive/data.warc.gz");
  if (warc === undefined || warc.directory) throw new Error("The archive has no WARC.");
  const path = `${wacz}.warc.gz`;
  await writeFile(path, await warc.getData(new Uint8ArrayWriter()));
  return readWarc(path);
}
