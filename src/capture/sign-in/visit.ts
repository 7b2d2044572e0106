/** A capture under a session: the browser is signed in before the page is opened, and looked at once more before it ends. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, Frame, Page } from "playwright-core";
import { PlacardError } from "../../lib/error.ts";
import type { SignedIn, StorageState } from "./state.ts";

const PATIENCE = 3000;
const MOST_FRAMES = 20;
const STORED = `() => [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage)).slice(0, 2000)
  .map(([name, value]) => ({ name: name.slice(0, 500), value: String(value).slice(0, 200000) }))`;

/** What the browser holds of credentials when the page has been read: more may have been issued meanwhile. */
export type Issued = Pick<StorageState, "cookies"> & {
  readonly stored: readonly { readonly name: string; readonly value: string }[];
};

/** Before anything is opened; no server is asked for anything. Throws `malformed` where the browser does not take the state. */
export async function signIn(context: BrowserContext, { name, state }: SignedIn): Promise<void> {
  try {
    await context.setStorageState(state);
  } catch (cause) {
    throw new PlacardError(
      "malformed",
      `The browser does not take the session ${name}: ${(cause as Error).message.split("\n", 1)[0]}`,
      {
        cause,
        next: `Sign in anew: placard session login ${JSON.stringify(name)} URL`,
      },
    );
  }
}

export async function issuedIn(context: BrowserContext, page: Page): Promise<Issued> {
  const cookies = await context.cookies();
  const stored = await Promise.all(page.frames().slice(0, MOST_FRAMES).map(storedIn));
  return { cookies, stored: stored.flat() };
}

/** A frame without storage, or one that hangs, has nothing to tell. */
async function storedIn(frame: Frame): Promise<Issued["stored"]> {
  const read = frame.evaluate(`(${STORED})()`) as Promise<Issued["stored"]>;
  const nothing: Issued["stored"] = [];
  return Promise.race([read.catch(() => nothing), sleep(PATIENCE, nothing, { ref: false })]);
}
