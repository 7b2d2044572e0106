/** What every answer says to a browser: nothing runs but our own scripts, nothing is framed, guessed or told on. */
import { randomBytes } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { Env, Parts } from "./parts.ts";
import { strictTransport } from "./strict-transport.ts";

const NONCE_BYTES = 16;

/** https://www.w3.org/TR/CSP3/. The nonce is for the one style sheet that the component library writes into the page. */
function policy(nonce: string, sandbox: string | undefined): string {
  return [
    ...(sandbox === undefined ? [] : [`frame-src ${sandbox}`]),
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** Of other origins, the sandbox's pages alone may stand within ours (sandbox.ts). */
export function secure({ accounts, sandbox }: Pick<Parts, "accounts" | "sandbox">): MiddlewareHandler<Env> {
  const strict = Object.entries(strictTransport(accounts.baseUrl));
  return async (c, next) => {
    const nonce = randomBytes(NONCE_BYTES).toString("base64");
    c.set("nonce", nonce);
    await next();
    // A file of an exhibit has a stricter one of its own.
    if (!c.res.headers.has("Content-Security-Policy"))
      c.header("Content-Security-Policy", policy(nonce, sandbox?.origin));
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("Cross-Origin-Opener-Policy", "same-origin");
    c.header("Cross-Origin-Resource-Policy", "same-origin");
    c.header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
    c.header("X-Frame-Options", "DENY");
    for (const [name, value] of strict) c.header(name, value);
    if (c.req.path.startsWith("/api/")) c.header("Cache-Control", "no-store");
  };
}
