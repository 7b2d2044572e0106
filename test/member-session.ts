/** A session on the members' site, kept in a record as if somebody had signed in by hand. */
import { openContext } from "../src/app/open-record.ts";
import { keepSession } from "../src/app/sessions.ts";
import { COOKIES, MEMBER, type MembersSite } from "./e2e/members-site.ts";

export async function keepMemberSession(folder: string, name: string, site: MembersSite): Promise<void> {
  await using opened = await openContext(folder);
  const cookies = COOKIES.map((cookie) => ({
    ...cookie,
    domain: "127.0.0.1",
    path: "/",
    expires: -1,
    secure: false,
    sameSite: "Lax" as const,
  }));
  const hide = [MEMBER.name, `@${MEMBER.handle}`];
  const state = { cookies, origins: [] };
  await keepSession(opened.context, { name, site: site.origin, hide, signedInAt: Date.now(), state });
}
