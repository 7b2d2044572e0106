/** What somebody tells of themselves to become a member, and what is told of members. */
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { ROLES } from "../access.ts";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "../accounts/sign-in.ts";
import type { Accounts, Env, Person } from "../parts.ts";

const LONGEST_NAME = 100;
/** https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3 */
const LONGEST_EMAIL = 254;
/** Of what a browser says of a passkey; a key of RSA is the longest. */
const LONGEST_SAID = 16_000;

export const roleSchema = z.enum(ROLES).openapi("Role");

/** On one line, and of something that can be seen. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_NAME)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "on one line");

export const passwordSchema = z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD);

/** Before a passkey is made: whose it will be. */
export const whoSchema = z.object({ name: nameSchema, email: z.email().max(LONGEST_EMAIL) }).openapi("Who");

const said = z.string().max(LONGEST_SAID);
/** As a browser writes it: https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson */
const passkeySchema = z
  .object({
    name: nameSchema.optional(),
    response: z.object({
      id: said,
      rawId: said,
      type: z.literal("public-key"),
      clientExtensionResults: z.object({}).default({}),
      response: z.object({
        clientDataJSON: said,
        attestationObject: said,
        transports: z
          .array(z.string().regex(/^[a-z-]{1,20}$/))
          .max(10)
          .default([]),
      }),
    }),
  })
  .openapi("NewPasskey");

export const personSchema = whoSchema
  .extend({ password: passwordSchema.optional(), passkey: passkeySchema.optional() })
  .openapi("Person", { description: "With a password or with a passkey, one of them." });

/** What a browser is asked for a passkey by, as it reads it. */
export const askedSchema = z
  .looseObject({ challenge: z.string() })
  .openapi("PasskeyAsked", { description: "PublicKeyCredentialCreationOptionsJSON of WebAuthn." });

export const isOneWay = ({ password, passkey }: z.infer<typeof personSchema>): boolean =>
  (password === undefined) !== (passkey === undefined);
export const ONE_WAY = "a password or a passkey";

/** As they will sign in. The passkey is checked, and good for `link` only. Throws as that does. */
export async function personBy(
  { newPasskeys }: Accounts,
  link: string,
  { name, email, password, passkey }: z.infer<typeof personSchema>,
): Promise<Person> {
  if (passkey !== undefined) return { name, email, by: { passkey: await newPasskeys.check(link, passkey) } };
  return { name, email, by: { password: password ?? "" } };
}

/** Whoever came by a passkey has shown all there is to show, and is in; a password is still to be entered. */
export async function letIn(c: Context<Env>, accounts: Accounts, { by }: Person, member: string): Promise<void> {
  if (!("passkey" in by)) return;
  for (const cookie of await accounts.beginByPasskey(member, c.req.header("user-agent") ?? ""))
    c.header("Set-Cookie", cookie, { append: true });
}
