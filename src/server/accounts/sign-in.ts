/** How members sign in: the library's settings, each of them chosen. */
import type { DatabaseSync } from "node:sqlite";
import { passkey } from "@better-auth/passkey";
import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { getMigrations } from "better-auth/db/migration";
import { twoFactor } from "better-auth/plugins";
import { z } from "zod";
import { dialectOf } from "./database.ts";
import { BEGUN, signInHooks, startingSession } from "./hooks.ts";
import { isPasskeyKnown } from "./members.ts";
import { KEY_THAT_DOES_ALONE, RP_NAME } from "./new-passkeys.ts";
import type { SignInLog } from "./sign-in-log.ts";

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
/** The header in which we tell the library who asks; whatever a request says of itself is taken out before. */
export const CLIENT_HEADER = "placard-client";
const WEEK = 7 * 24 * 3600;

export interface SignInOptions {
  readonly raw: DatabaseSync;
  readonly secret: string;
  readonly baseUrl: string;
  readonly log: SignInLog;
}

/** Signing in, with the tables it needs made or brought up to date. */
export async function openSignIn(options: SignInOptions) {
  const auth = signInWith(options);
  await (await getMigrations(auth.options)).runMigrations();
  return auth;
}

export type SignInLibrary = Awaited<ReturnType<typeof openSignIn>>;

function signInWith({ raw, secret, baseUrl, log }: SignInOptions) {
  const { origin } = new URL(baseUrl);
  const secure = origin.startsWith("https://");
  return betterAuth({
    appName: "Placard",
    baseURL: origin,
    basePath: "/api/auth",
    trustedOrigins: [origin],
    secret,
    database: { dialect: dialectOf(raw), type: "sqlite", transaction: false },
    telemetry: { enabled: false },
    // Nothing of what goes wrong in there is written down: it may hold what was typed.
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    user: {
      additionalFields: {
        role: { type: "string", required: true, input: false },
        actor: { type: "string", required: true, unique: true, input: false },
      },
    },
    session: {
      expiresIn: WEEK,
      disableSessionRefresh: true,
      additionalFields: {
        method: { type: "string", required: true, input: false },
        arrived: { type: "boolean", required: true, input: false },
      },
    },
    rateLimit: { enabled: true, storage: "database" },
    advanced: {
      // Over TLS by a prefix that browsers take from this very host only: no other host of the domain can plant one.
      cookiePrefix: secure ? "__Host-placard" : "placard",
      useSecureCookies: false,
      defaultCookieAttributes: { secure, path: "/", httpOnly: true, sameSite: "lax" },
      ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    databaseHooks: { session: startingSession(raw) },
    hooks: signInHooks(raw, log),
    plugins: [
      twoFactor({ issuer: "Placard", totpOptions: { allowPasswordless: false } }),
      passkeysAt(new URL(baseUrl), raw),
      begunByPasskey,
    ],
  });
}

/** For the server alone, no route: whoever became a member by a passkey a moment ago is signed in, having shown it. */
const begunByPasskey = {
  id: "begun-by-passkey",
  endpoints: {
    beginByPasskey: createAuthEndpoint(
      BEGUN,
      { method: "POST", body: z.object({ member: z.string() }), metadata: { SERVER_ONLY: true } },
      async (c) => {
        const { internalAdapter } = c.context;
        const user = await internalAdapter.findUserById(c.body.member);
        if (user === null) throw new APIError("NOT_FOUND");
        await setSessionCookie(c, { session: await internalAdapter.createSession(user.id), user });
      },
    ),
  },
} satisfies BetterAuthPlugin;

function passkeysAt({ origin, hostname }: URL, raw: DatabaseSync) {
  return passkey({
    rpID: hostname,
    rpName: RP_NAME,
    origin,
    authenticatorSelection: KEY_THAT_DOES_ALONE,
    registration: {
      afterVerification: async ({ verification: { registrationInfo } }) => {
        // The library would sign in whichever of two it finds first.
        if (isPasskeyKnown(raw, registrationInfo?.credential.id ?? ""))
          throw new APIError("CONFLICT", { code: "PREVIOUSLY_REGISTERED", message: "This passkey is known already." });
        return refuseUnverified(registrationInfo?.userVerified);
      },
    },
    authentication: {
      afterVerification: async ({ verification }) => refuseUnverified(verification.authenticationInfo.userVerified),
    },
  });
}

/** A key that anybody could touch is one factor; only with a PIN, a finger or a face is it two. */
function refuseUnverified(verified: boolean | undefined): undefined {
  if (verified !== true) {
    throw new APIError("UNAUTHORIZED", {
      code: "NOT_VERIFIED",
      message: "This key did not ask who holds it. Give it a PIN, or use another.",
    });
  }
  return undefined;
}
