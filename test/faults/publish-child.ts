/** Publishes an invented site to a folder and is killed by itself before the step of this number. */
import { openFolderTarget } from "../../src/app/publish/folder-target.ts";
import { preparePublishing } from "../../src/app/publish/publish.ts";
import { publishedFor, stageOf } from "./publish-run.ts";

const [root = "", which = "", stopAt = ""] = process.argv.slice(2);
const { folder, target } = publishedFor(root);
const stage = await stageOf(folder, Number(which));
let step = 0;
const publishing = await preparePublishing({ folder, target: await openFolderTarget(target), stage });
await publishing.go(() => {
  if (step++ === Number(stopAt)) process.kill(process.pid, "SIGKILL");
});
