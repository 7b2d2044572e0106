/** The link that is printed when there is no member yet: whoever holds it begins the group, or puts its back-up back. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Parts } from "./parts.ts";
import { say } from "./said.ts";

export const SETUP_HEADER = "Placard-Setup";

export const NOT_THE_LINK = {
  code: "setup",
  message: say("not_the_link"),
  next: say("open_that_link"),
};

export function holdsSetupLink({ setupToken }: Parts, told: string | undefined): boolean {
  if (setupToken === undefined || told === undefined) return false;
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(setupToken), digest(told));
}
