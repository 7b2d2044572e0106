/** Puts the accounts together: who is a member, how they sign in, and as whom their acts are sealed. */
import { existsSync } from "node:fs";
import { recordFolder } from "../../app/record-folder.ts";
import { type Clock, systemClock } from "../../lib/clock.ts";
import { PlacardError } from "../../lib/error.ts";
import { transact } from "../../lib/sqlite.ts";
import type { Role } from "../access.ts";
import type { Accounts, AskingToSignIn, Member, Person } from "../parts.ts";
import { inOurWords } from "./answers.ts";
import { openMembersDatabase } from "./database.ts";
import { openInvitations } from "./invitations.ts";
import { openMembers } from "./members.ts";
import { openOccasions } from "./occasions.ts";
import { openPreferences } from "./preferences.ts";
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
    throw new PlacardError("not_found", "There is no group here yet.", {
      next: "Open Placard's first page; it asks what the group is called.",
    });
  };
  return {
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
      invitations.accept(token, await withHash(auth, person));
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
  const raw = await openMembersDatabase(paths.members);
  try {
    const log = openSignInLog(raw, secret, clock);
    const auth = await openSignIn({ raw, secret, baseUrl, log });
    const members = openMembers(raw, clock);
    const invitations = openInvitations(raw, members, clock);
    const beside = { searches: openSearches(raw, clock), occasions: openOccasions(raw) };
    const own = { preferences: openPreferences(raw), sessions: openSessions(raw) };
    return { raw, auth, log, members, invitations, ...own, ...beside };
  } catch (error) {
    raw.close();
    throw error;
  }
}

async function withHash(auth: SignInLibrary, { name, email, password }: Person) {
  const { password: passwords } = await auth.$context;
  return { name, email, passwordHash: await passwords.hash(password) };
}

async function foundBy({ raw, auth, members }: Stores, person: Person): Promise<void> {
  const hashed = await withHash(auth, person);
  transact(raw, () => {
    if (members.count > 0) throw new PlacardError("conflict", "This group has members already.");
    members.add({ ...hashed, role: "owner" });
  });
}

/** By which somebody who has shown a password alone could give themselves a second factor. */
const ENROLLING =
  /^\/api\/auth\/(?:two-factor\/(?:enable|verify-totp|verify-backup-code)|passkey\/(?:generate-register-options|verify-registration))$/;
/** What a request may say of where it comes from, which nobody has checked. */
const UNCHECKED = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded"];

async function handle(
  { auth, members }: Stores,
  request: Request,
  { client, member, path }: AskingToSignIn,
): Promise<Response> {
  if (member?.arrived === false && ENROLLING.test(path) && members.hasSecondFactor(member.id)) {
    throw new PlacardError("not_allowed", "You have set up a second factor already.", {
      next: "Sign in with it: with your passkey, or with a code.",
    });
  }
  const headers = new Headers(request.headers);
  for (const name of UNCHECKED) headers.delete(name);
  headers.set(CLIENT_HEADER, client);
  // By the path as the table has it, whatever spelling of it was asked for: limits are counted by it.
  const { search } = new URL(request.url);
  const body = request.method === "GET" ? {} : { body: await request.text() };
  const asked = new Request(`${auth.options.baseURL}${path}${search}`, { method: request.method, headers, ...body });
  return inOurWords(await auth.handler(asked));
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
