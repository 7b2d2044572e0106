/** Puts the accounts together: who is a member, how they sign in, and as whom their acts are sealed. */
import { existsSync } from "node:fs";
import { openSettings } from "../../app/live-settings.ts";
import { recordFolder } from "../../app/record-folder.ts";
import { type Clock, systemClock } from "../../lib/clock.ts";
import { PlacardError } from "../../lib/error.ts";
import { transact } from "../../lib/sqlite.ts";
import { Turnstile } from "../../lib/turnstile.ts";
import type { Role } from "../access.ts";
import type { Accounts, AskingToSignIn, Member, Person } from "../parts.ts";
import { say } from "../said.ts";
import { inOurWords } from "./answers.ts";
import { openMembersDatabase } from "./database.ts";
import { openInvitations } from "./invitations.ts";
import { type Factors, openMembers, type WayIn } from "./members.ts";
import { openNewPasskeys } from "./new-passkeys.ts";
import { openOccasions } from "./occasions.ts";
import { openPreferences } from "./preferences.ts";
import { openRecoveries } from "./recoveries.ts";
import { openSearches } from "./searches.ts";
import { loadSecret } from "./secret.ts";
import { openSessions } from "./sessions.ts";
import { CLIENT_HEADER, openSignIn, type SignInLibrary } from "./sign-in.ts";
import { openSignInLog } from "./sign-in-log.ts";

export interface AccountsOptions {
  /** Where people reach the workbench; cookies, passkeys and links hold for this origin only. */
  readonly baseUrl: string;
  readonly clock?: Clock;
}

/**
 * The accounts of the record in `folder`. Where there is no record yet they open when it is founded (`begin`): nothing
 * is written into a folder before. Throws `unsupported`, `malformed`, `storage`.
 */
export async function openAccounts(folder: string, options: AccountsOptions): Promise<Accounts> {
  let opened = existsSync(recordFolder(folder).recordFile) ? await openStores(folder, options) : undefined;
  const need = (): Stores => {
    if (opened !== undefined) return opened;
    throw new PlacardError("not_found", say("no_group_yet"), {
      next: say("open_first_page"),
    });
  };
  const newPasskeys = openNewPasskeys(options.baseUrl, options.clock ?? systemClock);
  return {
    newPasskeys,
    baseUrl: new URL(options.baseUrl).origin,
    begin: async () => {
      opened ??= await openStores(folder, options);
    },
    get hasMembers() {
      return opened !== undefined && opened.members.count > 0;
    },
    handle: async (request, asking) => handle(need(), request, asking),
    memberOf: async (headers) => (opened === undefined ? undefined : memberOf(opened.auth, headers)),
    foundBy: (person) => foundBy(need(), person),
    acceptInvitation: async (token, person) => {
      const { auth, invitations } = need();
      invitations.look(token);
      return invitations.accept(token, await asMember(auth, person));
    },
    beginByPasskey: async (member, userAgent) => {
      const headers = new Headers({ "user-agent": userAgent });
      const { headers: answered } = await need().auth.api.beginByPasskey({
        body: { member },
        headers,
        returnHeaders: true,
      });
      return answered.getSetCookie();
    },
    setFirstPassword: async (member, password, device) => setFirstPassword(need(), member, password, device),
    recover: async (token, password, device) => {
      const { auth, recoveries } = need();
      recoveries.look(token);
      const { password: passwords } = await auth.$context;
      return recoveries.use(token, await passwords.hash(password), device);
    },
    get recoveries() {
      return need().recoveries;
    },
    get members() {
      return need().members;
    },
    get invitations() {
      return need().invitations;
    },
    get preferences() {
      return need().preferences;
    },
    get searches() {
      return need().searches;
    },
    get occasions() {
      return need().occasions;
    },
    get sessions() {
      return need().sessions;
    },
    get signIns() {
      return need().log;
    },
    [Symbol.asyncDispose]: async () => {
      opened?.raw.close();
      opened = undefined;
    },
  };
}

type Stores = Awaited<ReturnType<typeof openStores>>;

async function openStores(folder: string, { baseUrl, clock = systemClock }: AccountsOptions) {
  const paths = recordFolder(folder);
  const secret = await loadSecret(paths.keys);
  const settings = openSettings(paths.settingsFile);
  const raw = await openMembersDatabase(paths.members);
  try {
    const log = openSignInLog(raw, secret, clock);
    const auth = await openSignIn({ raw, secret, baseUrl, log });
    const members = openMembers(raw, clock);
    const invitations = openInvitations(raw, members, clock);
    const recoveries = openRecoveries(raw, log, clock);
    const sessions = openSessions(raw, clock);
    const beside = { searches: openSearches(raw, clock), occasions: openOccasions(raw) };
    const preferences = openPreferences(raw, () => settings.now().language);
    return {
      raw,
      auth,
      log,
      members,
      invitations,
      recoveries,
      preferences,
      sessions,
      leaving: new Turnstile(),
      ...beside,
    };
  } catch (error) {
    raw.close();
    throw error;
  }
}

async function asMember(auth: SignInLibrary, { name, email, by }: Person) {
  if ("passkey" in by) return { name, email, wayIn: by satisfies WayIn };
  const { password: passwords } = await auth.$context;
  return { name, email, wayIn: { passwordHash: await passwords.hash(by.password) } };
}

async function foundBy({ raw, auth, members }: Stores, person: Person): Promise<string> {
  const member = await asMember(auth, person);
  return transact(raw, () => {
    if (members.count > 0) throw new PlacardError("conflict", say("has_members"));
    return members.add({ ...member, role: "owner" });
  });
}

/** Whoever finds a screen open has not shown the passkey, and cannot make themselves a password of this account. */
async function setFirstPassword(
  { raw, auth, members, sessions, log }: Stores,
  { id, session }: Member,
  password: string,
  device: string,
): Promise<void> {
  const refuse = (): void =>
    refuseUnlessShown(members.factorsOf(id).password || sessions.showedPasskeyLately(id, session));
  refuse();
  const { password: passwords } = await auth.$context;
  const hash = await passwords.hash(password);
  transact(raw, () => {
    // Signed out meanwhile, or removed: there is no such session any more.
    refuse();
    members.setFirstPassword(id, hash);
    sessions.endOthers(id, session);
    log.add({ member: id, method: "password-set", device, succeeded: true });
  });
}

function refuseUnlessShown(isShown: boolean): void {
  if (isShown) return;
  throw new PlacardError("not_allowed", say("key_shown_long_ago"), { next: say("show_key_again") });
}

/** By which somebody who has a passkey alone gets another, and with it would have shown one: not at a screen found open. */
const ADDING = /^\/api\/auth\/passkey\/(?:generate-register-options|verify-registration)$/;
/** By which somebody who has shown a password alone could give themselves a second factor. */
const ENROLLING =
  /^\/api\/auth\/(?:two-factor\/(?:enable|verify-totp|verify-backup-code)|passkey\/(?:generate-register-options|verify-registration))$/;
/** What a request may say of where it comes from, which nobody has checked. */
const UNCHECKED = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded"];

/** By which something to sign in with is taken away: one after another, so that two at once do not take the last two. */
const LEAVING = /^\/api\/auth\/(?:passkey\/delete-passkey|two-factor\/disable)$/;
const PATIENCE = 10_000;

async function handle(stores: Stores, request: Request, asking: AskingToSignIn): Promise<Response> {
  if (!LEAVING.test(asking.path)) return handleNow(stores, request, asking);
  const leave = await stores.leaving.enter(PATIENCE);
  try {
    return await handleNow(stores, request, asking);
  } finally {
    leave();
  }
}

async function handleNow(
  { auth, members, sessions }: Stores,
  request: Request,
  { client, member, path }: AskingToSignIn,
): Promise<Response> {
  if (member?.arrived === false && ENROLLING.test(path) && members.hasSecondFactor(member.id)) {
    throw new PlacardError("not_allowed", say("second_factor_there"), {
      next: say("sign_in_with_it"),
    });
  }
  if (member?.arrived === true && ADDING.test(path) && !members.factorsOf(member.id).password)
    refuseUnlessShown(sessions.showedPasskeyLately(member.id, member.session));
  if (member !== undefined && path === "/api/auth/passkey/delete-passkey")
    refuseLastFactor(members.factorsOf(member.id));
  const headers = new Headers(request.headers);
  for (const name of UNCHECKED) headers.delete(name);
  headers.set(CLIENT_HEADER, client);
  // By the path as the table has it, whatever spelling of it was asked for: limits are counted by it.
  const { search } = new URL(request.url);
  const body = request.method === "GET" ? {} : { body: await request.text() };
  const asked = new Request(`${auth.options.baseURL}${path}${search}`, { method: request.method, headers, ...body });
  return inOurWords(await auth.handler(asked));
}

/** Without any, a password alone would do, and let whoever has it set up a factor of theirs; or nothing would be left at all. */
function refuseLastFactor({ passkeys, codes, password }: Factors): void {
  if (passkeys > 1 || (codes && password)) return;
  if (!password) throw new PlacardError("conflict", say("last_way_in"), { next: say("add_key_first") });
  throw new PlacardError("conflict", say("last_passkey"), {
    next: say("add_another_first"),
  });
}

async function memberOf(auth: SignInLibrary, headers: Headers): Promise<Member | undefined> {
  if (!headers.has("cookie")) return undefined;
  const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  if (found === null) return undefined;
  const { user, session } = found;
  return {
    id: user.id,
    name: user.name,
    role: user.role as Role,
    actor: user.actor,
    arrived: session.arrived,
    session: session.id,
  };
}
