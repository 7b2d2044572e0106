/** Disks so small that they are soon full: a tmpfs in a mount namespace of one's own. */
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";

/** Whether this machine lets us have a small disk of our own. */
export function canMount(): boolean {
  try {
    execFileSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", tmpdir()], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
