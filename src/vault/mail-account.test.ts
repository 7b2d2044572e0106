import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { inspect } from "node:util";
import { isPlacardError } from "../lib/error.ts";
import { type MailAccount, readMailAccount, removeMailAccount, writeMailAccount } from "./mail-account.ts";

const SECRET = "a-lantern-in-the-mill";
const account: MailAccount = {
  address: "questions@ask.hollow.example",
  smtp: { host: "mail.hollow.example", port: 465, security: "tls", user: "questions", password: SECRET },
};

test("it is kept for its owner alone, read back, and gone when it is removed; no error quotes it", async () => {
  const keys = await mkdtemp(join(tmpdir(), "placard-mail-"));
  const path = join(keys, "mail.json");
  try {
    assert.equal(await readMailAccount(keys), undefined);
    await writeMailAccount(keys, account);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.deepEqual(await readMailAccount(keys), account);
    await chmod(path, 0o644);
    await assert.rejects(readMailAccount(keys), (error) => isPlacardError(error, "storage"));
    await chmod(path, 0o600);
    for (const text of [
      `{"password": "${SECRET}"`,
      JSON.stringify({ ...account, smtp: { ...account.smtp, port: 0 } }),
      `"${SECRET}"`,
      "x".repeat(20_000),
    ]) {
      await writeFile(path, text);
      await assert.rejects(
        readMailAccount(keys),
        (error) => isPlacardError(error, "malformed") && !inspect(error, { depth: 10 }).includes(SECRET),
      );
    }
    const unlike = writeMailAccount(keys, { ...account, address: SECRET });
    await assert.rejects(
      unlike,
      (error) => isPlacardError(error, "usage") && !inspect(error, { depth: 10 }).includes(SECRET),
    );
    await removeMailAccount(keys);
    assert.equal(await readMailAccount(keys), undefined);
  } finally {
    await rm(keys, { recursive: true });
  }
});
