/** The main job from end to end, on the bundled sample forum: what `npm start` shows. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { startForum } from "../sample/forum.ts";
import type { Verdict } from "../verify/verdict.ts";
import { initRecord } from "./init-record.ts";
import { openRecord } from "./record.ts";
import { recordFolder } from "./record-folder.ts";
import { verifyFile } from "./verify-file.ts";

export interface DemoResult {
  readonly id: string;
  readonly words: readonly string[];
  readonly url: string;
  /** What the forum answers for the post now that it is deleted. */
  readonly forumStatus: number;
  readonly verdict: Verdict["verdict"];
  readonly placardFile: string;
  readonly pdf: string;
}

/** `step` is told what happens, in plain words, as it happens. Everything is written below `folder`. */
export async function runDemo(folder: string, step: (text: string) => void): Promise<DemoResult> {
  await makeFolder(folder);
  const recordPath = join(folder, "record");
  if (!existsSync(recordFolder(recordPath).recordFile)) {
    step("Making a record for Hollow Lane Residents (an invented group)");
    await initRecord(recordPath, { name: "Hollow Lane Residents" });
  }
  await using record = await openRecord(recordPath);
  await using forum = await startForum();
  const url = forum.postUrl(forum.samplePost);
  step(`A post stands on a sample forum at ${url}`);
  const [outcome] = await record.capture([url], {
    allowPrivate: true,
    caseName: "Demonstration",
    onProgress: (_url, text) => step(`Capturing: ${text}`),
  });
  if (outcome?.outcome !== "sealed")
    throw new PlacardError("not_captured", `The sample post was not captured: ${outcome?.reason ?? "no result"}`);
  step(`Sealed as ${outcome.id}`);
  forum.deletePost(forum.samplePost);
  const forumStatus = (await fetch(url)).status;
  step(`The post is deleted; the forum now answers ${forumStatus}. The exhibit still stands:`);
  const placardFile = join(folder, `${outcome.id}.placard`);
  await record.export(outcome.id, placardFile);
  const { verdict } = await verifyFile(placardFile);
  step(`Checked the file one hands to others: it ${verdict === "holds" ? "holds" : "does not hold"}`);
  const pdf = join(folder, `${outcome.id}.pdf`);
  step("Printing the placard");
  await record.print([outcome.id], pdf);
  return { id: outcome.id, words: outcome.words, url, forumStatus, verdict, placardFile, pdf };
}
