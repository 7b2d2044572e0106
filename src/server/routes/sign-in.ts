/** Signing in: each line of the access table below /api/auth/ is a route, answered by the accounts' library. */
import { OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS } from "../access.ts";
import { clientOf } from "../client.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";

/** What each does; its bodies are those of the accounts' library. */
const DOES: Readonly<Record<string, string>> = {
  "sign-in/email": "Signs in with an e-mail address and a password; asks for a code where one is set up.",
  "sign-out": "Signs out here.",
  "change-password": "Changes one's password.",
  "two-factor/enable": "Begins to set up codes as a second factor: the secret, and the recovery codes.",
  "two-factor/verify-totp": "Shows a code of the app, to sign in or to finish setting it up.",
  "two-factor/verify-backup-code": "Signs in with a recovery code, which is good once.",
  "two-factor/generate-backup-codes": "Makes new recovery codes; the old ones are good for nothing any more.",
  "two-factor/disable": "Takes codes away as a second factor.",
  "passkey/generate-authenticate-options": "Begins to sign in with a passkey.",
  "passkey/verify-authentication": "Signs in with a passkey.",
  "passkey/generate-register-options": "Begins to add a passkey.",
  "passkey/verify-registration": "Adds a passkey.",
  "passkey/list-user-passkeys": "One's passkeys.",
  "passkey/update-passkey": "Gives a passkey another name.",
  "passkey/delete-passkey": "Removes a passkey.",
};
const BELOW = "/api/auth/";

export function signInRoutes(parts: Parts) {
  const routes = new OpenAPIHono<Env>();
  for (const line of Object.keys(ACCESS)) {
    const [method = "", path = ""] = line.split(" ");
    if (!path.startsWith(BELOW)) continue;
    routes.on(method, path, (c) =>
      parts.accounts.handle(c.req.raw, { client: clientOf(c, parts), member: c.get("member"), path }),
    );
    const description = DOES[path.slice(BELOW.length)];
    routes.openAPIRegistry.registerPath({
      method: method === "GET" ? "get" : "post",
      path,
      ...(description === undefined ? {} : { description }),
      responses: {
        200: { content: { "application/json": { schema: z.object({}) } }, description: "Done." },
        ...PROBLEMS,
      },
    });
  }
  return routes;
}
