/** The library's answers in our form: errors in plain words, and no token where scripts could read it. */
import { problem, type Told } from "../errors.ts";

interface Words {
  readonly message: string;
  readonly next?: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  invalid_email_or_password: {
    message: "The e-mail address and the password do not belong together.",
    next: "Look at both and try again.",
  },
  invalid_email: { message: "This is not an e-mail address.", next: "Look at it and try again." },
  invalid_password: { message: "This is not your password.", next: "Try it again." },
  invalid_code: { message: "This code is not right, or no longer.", next: "Enter the one that is shown now." },
  invalid_backup_code: { message: "This is no recovery code of yours, or it was used.", next: "Try another." },
  invalid_two_factor_cookie: { message: "This took too long.", next: "Sign in again." },
  too_many_attempts_request_new_code: { message: "Too many wrong codes.", next: "Sign in again." },
  account_temporarily_locked: {
    message: "Too many wrong codes.",
    next: "Wait a quarter of an hour, then sign in again.",
  },
  totp_already_enabled: { message: "You have set up codes already." },
  password_too_short: { message: "A password needs at least 12 characters.", next: "Three or four words do well." },
  password_too_long: { message: "A password has at most 128 characters." },
  session_not_fresh: { message: "You signed in more than a day ago.", next: "Sign in again, then do this." },
  passkey_not_found: { message: "This key is not known here.", next: "Sign in by password, or use another key." },
  authentication_failed: { message: "This key could not be checked.", next: "Try it again." },
};
const TOO_OFTEN: Words = { message: "That was tried too often.", next: "Wait a little, then try it again." };
const OTHERWISE: Words = { message: "That did not work.", next: "Try it again." };

/** Rewrites the body; status and cookies stay. */
export async function inOurWords(answer: Response): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  headers.delete("location");
  headers.set("content-type", "application/json");
  const body: unknown = await answer.json().catch(() => null);
  const told = answer.status >= 400 ? problem(toldOf(answer.status, body as Body)) : withoutTokens(body as Body);
  return new Response(JSON.stringify(told), { status: answer.status, headers });
}

type Body = Readonly<Record<string, unknown>> | readonly unknown[] | null;

function toldOf(status: number, body: Body): Told {
  if (status === 429) return { code: "too_often", ...TOO_OFTEN };
  const told = body !== null && "code" in body ? body : { code: "refused", message: "" };
  const code = String(told["code"]).toLowerCase();
  if (code === "not_verified") return { code, message: String(told["message"]) };
  return { code, ...(WORDS[code] ?? OTHERWISE) };
}

function withoutTokens(body: Body): Body {
  if (body === null || Array.isArray(body)) return body ?? {};
  const { token: _, session: __, ...rest } = body as Readonly<Record<string, unknown>>;
  return rest;
}
