/** What happens around signing in: whether somebody has arrived, what the log is told, and when an address must wait. */
import type { DatabaseSync } from "node:sqlite";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { isUnattested } from "./attestation.ts";
import { deviceOf } from "./device.ts";
import type { SignInLog, SignInMethod } from "./sign-in-log.ts";
import { rememberCodes } from "./tried-codes.ts";

/** What the server asks of the library itself, for somebody whose passkey made them a member; nobody else can. */
export const BEGUN = "/passkey/begun";

/** What a session begun by each of these shows of whoever began it. */
const METHODS: Readonly<Record<string, SignInMethod>> = {
  "/sign-in/email": "password",
  "/two-factor/verify-totp": "code",
  "/two-factor/verify-backup-code": "recovery",
  [BEGUN]: "passkey",
  "/passkey/verify-registration": "passkey",
  "/passkey/verify-authentication": "passkey",
};

export interface Begun {
  readonly id: string;
  readonly userId: string;
  readonly arrived?: unknown;
  readonly method?: unknown;
  readonly userAgent?: string | null | undefined;
}
export interface Around {
  readonly path?: string | undefined;
  readonly context: { readonly session?: { readonly session: Readonly<Record<string, unknown>> } | null };
}

/**
 * A session made by a password alone has not arrived, any other has; one that goes on from another keeps what that was.
 * Where one arrives, those of the same member that never did are ended. Addresses of the network are not kept.
 */
export function startingSession(raw: DatabaseSync) {
  const findPasskey = () => raw.prepare('SELECT 1 FROM "passkey" WHERE "userId" = ?');
  return {
    create: {
      before: async (session: Begun, around: Around | null) => {
        const path = around?.path ?? "";
        const before = around?.context.session?.session;
        const method = METHODS[path] ?? before?.["method"] ?? "password";
        const arrived =
          path === "/two-factor/disable"
            ? // With a passkey left there is still a second factor, and this session has shown one.
              before?.["arrived"] === true && findPasskey().get(session.userId) !== undefined
            : path in METHODS
              ? method !== "password"
              : before?.["arrived"] === true;
        return { data: { ...session, method, arrived, ipAddress: "", userAgent: deviceOf(session.userAgent) } };
      },
      after: async (session: Begun) => {
        if (session.arrived !== true) return;
        raw.prepare('DELETE FROM "session" WHERE "userId" = ? AND "arrived" = 0').run(session.userId);
      },
    },
  };
}

export function signInHooks(raw: DatabaseSync, log: SignInLog) {
  return { before: refusals(log), after: telling(raw, log) };
}

function refusals(log: SignInLog) {
  const codes = rememberCodes();
  return createAuthMiddleware(async (c) => {
    if (c.path === "/two-factor/verify-totp") {
      const member = await challenged(c);
      if (member !== undefined && !codes.isNew(member, String(c.body?.code)))
        throw new APIError("UNAUTHORIZED", { code: "INVALID_CODE", message: "This code was used." });
    }
    if (c.path === "/sign-in/email" && !log.mayTry(String(c.body?.email))) {
      throw new APIError("TOO_MANY_REQUESTS", { code: "TOO_MANY_REQUESTS", message: "Too many wrong passwords." });
    }
    // A device that is trusted for a month would be a password alone.
    if (c.body?.trustDevice !== undefined) return { context: { body: { ...c.body, trustDevice: false } } };
    if (c.path === "/change-password") return { context: { body: { ...c.body, revokeOtherSessions: true } } };
    if (c.path === "/passkey/verify-registration" && !isUnattested(c.body?.response?.response?.attestationObject)) {
      const code = "FAILED_TO_VERIFY_REGISTRATION";
      throw new APIError("BAD_REQUEST", { code, message: "More was said of the key than was asked for." });
    }
    // So that a session which arrives by a new passkey is a new one.
    if (c.path === "/passkey/verify-registration") return { context: { body: { ...c.body, createSession: true } } };
    return undefined;
  });
}

function telling(raw: DatabaseSync, log: SignInLog) {
  return createAuthMiddleware(async (c) => {
    const method = METHODS[c.path];
    if (method === undefined || c.path === "/passkey/verify-registration") return;
    const { returned, newSession } = c.context;
    const device = deviceOf(c.headers?.get("user-agent"));
    const failed = returned instanceof APIError;
    if (c.path === "/sign-in/email") {
      const email = String(c.body?.email);
      log.ended(email);
      const byEmail = raw.prepare('SELECT "id", "twoFactorEnabled" FROM "user" WHERE "email" = ?');
      const found = byEmail.get(email.trim().toLowerCase());
      const member = found?.["id"] as string | undefined;
      if (failed && returned.statusCode === 401) log.add({ member, email, method, device, succeeded: false });
      // With a second factor to come, whoever has only the password has not signed in.
      else if (!failed && found?.["twoFactorEnabled"] !== 1)
        log.add({ member, email, method, device, succeeded: true });
      return;
    }
    if (!failed && newSession) log.add({ member: newSession.user.id, method, device, succeeded: true });
    if (!failed || returned.statusCode !== 401) return;
    const member = method === "passkey" ? ownerOf(raw, String(c.body?.response?.id)) : await challenged(c);
    if (member !== undefined) log.add({ member, method, device, succeeded: false });
  });
}

type AfterContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

function ownerOf(raw: DatabaseSync, credential: string): string | undefined {
  const found = raw.prepare('SELECT "userId" FROM "passkey" WHERE "credentialID" = ?').get(credential);
  return found?.["userId"] as string | undefined;
}

/** Whom a code was asked of. */
async function challenged(c: AfterContext): Promise<string | undefined> {
  const { name } = c.context.createAuthCookie("two_factor");
  const identifier = await c.getSignedCookie(name, c.context.secret);
  if (!identifier) return undefined;
  return (await c.context.internalAdapter.findVerificationValue(identifier))?.value;
}
