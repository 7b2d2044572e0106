import { accessSync, constants } from "node:fs";
import { getPriority } from "node:os";
import { utf8 } from "../../lib/bytes.ts";
import { writeScratch } from "../scratch.ts";

const SHARE = "/proc/self/autogroup";

/**
 * Linux may share processors out among sessions before it looks at processes (sched(7), "The autogroup feature"); a browser, with a session
 * of its own, would then have as much as all of the server, and never works as much as while it starts. So its session's share is set
 * before it does, by a script that becomes the browser. Its niceness it inherits. The system takes one such change in a tenth of a
 * second from whoever is not its administrator: the others wait for their turn.
 */
const script = (nice: number, program: string): string => `#!/bin/sh
read -r id name state parent group session rest <"/proc/$$/stat"
if [ "$session" = "$$" ]; then
  tries=0
  until echo ${nice} >${SHARE} || [ $tries -ge 20 ]; do
    tries=$((tries + 1))
    sleep 0.15
  done 2>/dev/null
fi
exec '${program.replaceAll("'", "'\\''")}' "$@"
`;

/**
 * What to start instead of `program` so that it steps back for others as far as this process does: a script, written to `path`; or
 * `program` itself where nothing is to be done, or can be. Throws `storage`.
 */
export async function steppingBack(program: string, path: string): Promise<string> {
  const nice = getPriority();
  if (nice <= 0 || !isAllowed(SHARE, constants.W_OK)) return program;
  await writeScratch(path, utf8(script(nice, program)), 0o700);
  // Not so on a disk from which nothing may be run.
  return isAllowed(path, constants.X_OK) ? path : program;
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
