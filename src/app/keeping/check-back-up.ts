/** Holds what is in a back-up to what was to go into it. */
import { createHash } from "node:crypto";
import { equal } from "../../lib/bytes.ts";
import { PlacardError } from "../../lib/error.ts";
import { readZipStream } from "../../lib/zip-stream.ts";
import type { Described } from "../../lib/zip-writer.ts";
import { type Description, formatDescription, readDescription } from "./contents.ts";

export interface Member extends Described {
  readonly sha256: string;
}

/** `opened`: the decrypted archive. Throws `mismatch` for anything that is not as it was to be, and what `opened` throws. */
export async function checkBackUp(
  opened: AsyncIterable<Uint8Array>,
  wanted: { readonly description: Description; readonly members: readonly Member[] },
  onBytes: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  let at = -1;
  let done = 0;
  for await (const member of readZipStream(opened, { most: () => wanted.members.length + 1 })) {
    if (at === -1) {
      const description = await readDescription(member);
      if (!equal(formatDescription(description), formatDescription(wanted.description))) throw other(member.name);
    } else {
      const expected = wanted.members[at];
      const hash = createHash("sha256");
      for await (const piece of member.chunks()) {
        hash.update(piece);
        done += piece.length;
        onBytes(done, wanted.description.bytes);
      }
      if (member.name !== expected?.name || hash.digest("hex") !== expected.sha256) throw other(member.name);
    }
    at++;
  }
  if (at !== wanted.members.length) throw other("its last file");
}

function other(name: string): PlacardError {
  return new PlacardError(
    "mismatch",
    `The back-up was read back and is not what was written (${name}); it was not kept.`,
    {
      next: "Try another disk: this one does not give back what it was given.",
    },
  );
}
