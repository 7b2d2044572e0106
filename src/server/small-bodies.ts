/** What is told in words is small; more than that is not read, least of all from somebody who has not signed in. */
import { bodyLimit } from "hono/body-limit";
import { PlacardError } from "../lib/error.ts";

const LARGEST = 64 * 1024;

/** Where nothing larger is ever sent. */
export const SMALL_PATHS = [
  "/api/auth/*",
  "/api/house",
  "/api/invitation",
  "/api/invitations/*",
  "/api/me/*",
  "/api/members/*",
] as const;

export const smallBodies = bodyLimit({
  maxSize: LARGEST,
  onError: () => {
    throw new PlacardError("too_large", "This is longer than anything that is told here.");
  },
});
