/** What a page's policy (CSP) knows its own style or script by. */
import { createHash } from "node:crypto";

export function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
