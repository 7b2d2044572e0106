/** The secret that cookies are signed with and second factors are kept under. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { utf8 } from "../../lib/bytes.ts";
import { createDurable, makeFolder } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";

const BYTES = 48;
const FORM = /^[\w-]{64}$/;

/** Makes it (mode 0600) where it is missing. Throws `malformed`, `storage`. */
export async function loadSecret(keys: string): Promise<string> {
  const path = join(keys, "accounts.secret");
  if (!existsSync(path)) {
    await makeFolder(keys, { mode: 0o700 });
    await createDurable(path, utf8(randomBytes(BYTES).toString("base64url")), { mode: 0o600 });
  }
  const secret = await readFile(path, "utf8");
  if (FORM.test(secret)) return secret;
  throw new PlacardError("malformed", `${path} is not the secret it should be.`, {
    next: "Put it back from a backup; without it everybody signs in again and sets up a new second factor.",
  });
}
