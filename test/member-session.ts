/** A session on the members' site, kept in a record as if somebody had signed in by hand. */
import type { RecordContext } from "../src/app/context.ts";
import { openContext } from "../src/app/open-record.ts";
import { keepSession } from "../src/app/sessions.ts";
import type { StorageState } from "../src/capture/sign-in/state.ts";
import { COOKIES, HIDE, type MembersSite } from "./e2e/members-site.ts";

export async function keepMemberSession(folder: string, name: string, site: MembersSite): Promise<void> {
  await using opened = await openContext(folder);
  await keepMemberSessionIn(opened.context, name, site);
}

/** `origins`: what the site has put into the browser's storage. */
export async function keepMemberSessionIn(
  context: RecordContext,
  name: string,
  site: MembersSite,
  origins: StorageState["origins"] = [],
): Promise<void> {
  const cookies = COOKIES.map((cookie) => ({
    ...cookie,
    domain: "127.0.0.1",
    path: "/",
    expires: -1,
    secure: false,
    sameSite: "Lax" as const,
  }));
  const state = { cookies, origins };
  await keepSession(context, { name, site: site.origin, hide: HIDE, signedInAt: Date.now(), state });
}
