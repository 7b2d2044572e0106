/** The record this server works on. On day one there is none yet. */
import { existsSync } from "node:fs";
import { stateOf } from "../app/asked.ts";
import { type CaptureNews, type CaptureProcess, openCaptureProcess } from "../app/capture-process.ts";
import { finishFounding, foundRecord } from "../app/found-record.ts";
import {
  openRecord,
  type PlacardRecord,
  type RestoreOptions,
  type RestoreResult,
  restoreRecord,
} from "../app/record.ts";
import { recordFolder } from "../app/record-folder.ts";
import { PlacardError } from "../lib/error.ts";
import { type Intake, openIntake } from "./intake/open.ts";
import { underWay } from "./link-state.ts";
import { type News, type NewsDesk, openNewsDesk } from "./news.ts";
import { say } from "./said.ts";
import { openSignInWindows, type SignInWindows } from "./sign-in-windows.ts";

export interface House extends AsyncDisposable {
  readonly folder: string;
  /** The record, open. Throws `not_found` where none has been made yet. */
  record(): PlacardRecord;
  /** Whether a record has been made. */
  readonly isFounded: boolean;
  /** Makes the record. Throws `conflict` where there is one, `usage` where the name is none. */
  found(name: string): Promise<void>;
  /** Opens the record anew where the disk failed at a write and it answers nothing any more; never rejects. */
  mend(): Promise<void>;
  /** Makes it of a back-up as it comes in. Throws `conflict`, and as `restoreRecord` does. */
  restore(pieces: AsyncIterable<Uint8Array>, passphrase: string, options: RestoreOptions): Promise<RestoreResult>;
  /** The process that captures; it ends with this one. */
  readonly captures: CaptureProcess;
  readonly news: NewsDesk;
  /** What strangers sent in. Throws `not_found` where there is no record yet. */
  intake(): Promise<Intake>;
  /** In which owners sign in for captures; closed with the house. */
  readonly signInWindows: SignInWindows;
}

/** Opens the record in `folder`, where there is one. Throws what opening one throws. */
export async function openHouse(folder: string): Promise<House> {
  await finishFounding(folder);
  let record = existsSync(recordFolder(folder).recordFile) ? await openRecord(folder) : undefined;
  const news = openNewsDesk();
  const signInWindows = openSignInWindows();
  const hasWork = async (): Promise<boolean> => record !== undefined && (await record.hasCaptureWork());
  const captures = openCaptureProcess(folder, {
    hasWork,
    onNews: (said) => {
      for (const one of newsOf(said)) news.tell(one);
    },
  });
  if (await hasWork()) captures.wake();
  const reopen = async (): Promise<void> => {
    const failed = record;
    if (failed === undefined || (await failed.isAlive())) return;
    record = await openRecord(folder);
    await failed[Symbol.asyncDispose]();
  };
  let mending: Promise<void> | undefined;
  let intake: Promise<Intake> | undefined;
  const openedIntake = (): Promise<Intake> =>
    (intake ??= openIntake(folder).catch((error: unknown) => {
      intake = undefined;
      throw error;
    }));
  // What counts are made of is read before somebody waits for it.
  record?.looking.counts({}, { isGuest: false }).catch(() => undefined);
  // What is old in it is erased day by day, whether or not anybody looks; what is wrong with it, whoever looks is told.
  if (record !== undefined && existsSync(recordFolder(folder).intake)) openedIntake().catch(() => undefined);
  return {
    folder,
    captures,
    news,
    signInWindows,
    get isFounded() {
      return record !== undefined;
    },
    record: () => {
      if (record !== undefined) return record;
      throw new PlacardError("not_found", say("no_record_yet"), {
        next: say("open_first_page"),
      });
    },
    intake: async () => {
      if (record === undefined) throw new PlacardError("not_found", say("no_record_yet"));
      return openedIntake();
    },
    found: async (name) => {
      if (record !== undefined) throw new PlacardError("conflict", say("record_already"));
      await foundRecord(folder, name);
      record = await openRecord(folder);
    },
    // Where it cannot be opened yet, whoever asks next is told so, and it is tried again.
    mend: () =>
      (mending ??= reopen()
        .catch(() => undefined)
        .finally(() => (mending = undefined))),
    restore: async (pieces, passphrase, options) => {
      if (record !== undefined) throw new PlacardError("conflict", say("record_already"));
      const restored = await restoreRecord(pieces, folder, passphrase, options);
      record = await openRecord(folder);
      if (await hasWork()) captures.wake();
      return restored;
    },
    [Symbol.asyncDispose]: async () => {
      await mending;
      (await intake?.catch(() => undefined))?.[Symbol.dispose]();
      await signInWindows[Symbol.asyncDispose]();
      await captures[Symbol.asyncDispose]();
      await record?.[Symbol.asyncDispose]();
    },
  };
}

function newsOf(said: CaptureNews): readonly News[] {
  switch (said.said) {
    case "look":
      return [{ kind: "look" }];
    case "recaptured":
      return [
        { kind: "exhibit", id: said.id },
        { kind: "exhibit", id: said.of },
      ];
    case "step":
      return [
        {
          kind: "link",
          link: underWay(said.item, said.url, { step: said.step, phase: said.phase, since: Date.now() }),
        },
      ];
    case "done": {
      const { item, outcome } = said;
      const link = { item, url: outcome.url, ...stateOf(outcome) };
      const sealed: readonly News[] = link.state === "sealed" ? [{ kind: "exhibit", id: link.exhibit }] : [];
      return [{ kind: "link", link }, ...sealed];
    }
  }
}
