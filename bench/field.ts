/**
 * What captures, `wget --warc-file` and `single-file` each attain on the pages of the conformance site, and in what time:
 * a page at a time, each tool in turn, as whole processes with what they do unless told otherwise. Neither of the two is
 * a dependency: wget is looked for, and single-file-cli (AGPL) fetched into a temporary folder where `--install` asks
 * for it; else it is said to be missing.
 */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConformancePage, html, picture, text } from "../src/sample/conformance/answer.ts";
import { CONFORMANCE_PAGES } from "../src/sample/conformance/site.ts";
import { serve } from "./browse-pages.ts";
import { watchCpu } from "./cpu.ts";
import { type Attained, attained, sum } from "./field-attained.ts";
import { type Tool, tools } from "./field-tools.ts";
import { median, type Row } from "./row.ts";

/**
 * Of a page without end every tool keeps what came until it gives up, and these are all about that. No other tool presses
 * anything, and threads fetch in no way that other pages do not.
 */
const WITHOUT = /^(?:endless|large|events|aborted|beacon|show-more|sensitive|thread-.*)$/;
const LONGEST = 60_000;

/** The same without scripts, so that a tool that runs none has its chance. */
const linked: ConformancePage = {
  name: "linked",
  answers: () => ({
    "": html("Linked", `<img src="moved"><img src="moved-for-good"><img src="repeated">`),
    moved: { ...text("Moved."), status: 302, headers: [["Location", "picture.png"]] },
    "moved-for-good": { ...text("Moved."), status: 301, headers: [["Location", "picture.png"]] },
    "picture.png": picture(),
    repeated: { ...picture(), headers: [...picture().headers, ["Set-Cookie", "a=1"], ["set-cookie", "b=2"]] },
  }),
};
const PAGES = [linked, ...CONFORMANCE_PAGES.filter(({ name }) => !WITHOUT.test(name))];

interface Visit {
  readonly attained: Attained;
  readonly ms: number;
  readonly cpu: number;
}

export async function bench({ install }: { readonly install: boolean }): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "placard-bench-"));
  try {
    const visits = new Map<Tool, Visit[]>((await tools(folder, install)).map((tool) => [tool, []]));
    for (const page of PAGES) {
      for (const [tool, done] of visits) {
        if (tool.missing === undefined) done.push(await visit(tool, page, join(folder, tool.name, page.name)));
      }
    }
    return [...visits].flatMap(([tool, done]) => rowsOf(tool, done));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function visit(tool: Tool, page: ConformancePage, folder: string): Promise<Visit> {
  await using stack = new AsyncDisposableStack();
  const site = await serve(PAGES, stack);
  await mkdir(folder, { recursive: true });
  await tool.prepare(folder);
  const took = await run(tool, tool.command(`${site.main.origin}/${page.name}/`, folder));
  return { ...took, attained: await attained(page, site.servedAll(), await tool.output(folder)) };
}

/** Exit codes are not looked at: what came of it is. */
async function run({ env }: Tool, [command = "", ...args]: readonly string[]): Promise<Omit<Visit, "attained">> {
  const started = performance.now();
  const child = spawn(command, args, { env, stdio: "ignore", timeout: LONGEST });
  using cpu = watchCpu(child.pid as number);
  await new Promise((done) => child.once("close", done));
  return { ms: performance.now() - started, cpu: cpu.spent() };
}

function rowsOf({ name, missing }: Tool, visits: readonly Visit[]): readonly Row[] {
  if (missing !== undefined) return [{ name, unit: "", limit: missing }];
  const all = sum(visits.map((one) => one.attained));
  const of = (what: string, value: number, peer: number): Row => ({ name: `${name}: ${what}`, value, unit: "", peer });
  return [
    { name: `${name}: time a page`, value: median(visits.map(({ ms }) => ms)), unit: "ms" },
    { name: `${name}: processor time a page`, value: median(visits.map(({ cpu }) => cpu)), unit: "ms" },
    of("addresses asked for (of those a page leads to)", all.asked, all.wanted),
    of("requests recorded (of those it made)", all.recorded, all.made),
    of("… with both heads as sent", all.heads, all.made),
    of("… with the body byte for byte", all.bodies, all.made),
    of("redirects kept (of those it met)", all.redirectsKept, all.redirects),
  ];
}
