/**
 * How the group's mail servers are reached, with their passwords: a file among the record's keys that nobody but its owner may read. In no act, no log, no
 * outbox, and in no back-up: whoever restores a record gives them again.
 */
import { open } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { utf8 } from "../lib/bytes.ts";
import { type FileSystem, removeDurable, writeDurable } from "../lib/durable.ts";
import { PlacardError } from "../lib/error.ts";
import { FILE_MODE } from "./disk-folder.ts";
import { refuseShared } from "./keys.ts";
import { say } from "./said.ts";

const NAME = "mail.json";
const LONGEST = 16_384;

const server = z.object({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  security: z.enum(["tls", "starttls", "none"]),
  user: z.string().max(320).optional(),
  password: z.string().max(1000).optional(),
});
const account = z.object({ address: z.email().max(320), smtp: server, imap: server.optional() });
export type MailAccount = z.infer<typeof account>;

/** Takes the place of what was there before. Throws `usage`, `storage`. */
export async function writeMailAccount(
  keys: string,
  given: MailAccount,
  options: { readonly fs?: FileSystem } = {},
): Promise<void> {
  const { success, data } = account.safeParse(given);
  if (!success) throw new PlacardError("usage", say("mail_account_unlike"));
  await writeDurable(join(keys, NAME), utf8(`${JSON.stringify(data, null, 2)}\n`), { ...options, mode: FILE_MODE });
}

/** Undefined where there is none. Throws `storage` (others may read it), `malformed`. */
export async function readMailAccount(keys: string): Promise<MailAccount | undefined> {
  const path = join(keys, NAME);
  const file = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw new PlacardError("storage", say("key_not_read", { path, why: cause.message }), { cause });
  });
  if (file === undefined) return undefined;
  try {
    const status = await file.stat();
    refuseShared(path, status, "600");
    if (!status.isFile() || status.size > LONGEST) throw new PlacardError("malformed", say("mail_account_unlike"));
    return readAccount(await file.readFile("utf8"));
  } finally {
    await file.close();
  }
}

/** What is wrong with it is neither quoted nor kept as a cause: it holds passwords. */
function readAccount(text: string): MailAccount {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const { success, data } = account.safeParse(json);
  if (!success) throw new PlacardError("malformed", say("mail_account_unlike"));
  return data;
}

export async function removeMailAccount(keys: string, fs?: FileSystem): Promise<void> {
  await removeDurable(join(keys, NAME), fs);
}
