/** The library's answers in our form: errors in plain words, and no token where scripts could read it. */
import type { Told } from "../../lib/told.ts";
import { problem, type Wrong } from "../problem.ts";
import { say } from "../said.ts";

interface Words {
  readonly message: Told;
  readonly next?: Told;
}

const WORDS: Readonly<Record<string, Words>> = {
  invalid_email_or_password: {
    message: say("not_together"),
    next: say("look_at_both"),
  },
  invalid_email: { message: say("no_email"), next: say("look_at_it") },
  invalid_password: { message: say("not_your_password"), next: say("try_again") },
  invalid_code: { message: say("code_not_right"), next: say("code_now") },
  invalid_backup_code: { message: say("no_recovery_code"), next: say("try_another") },
  invalid_two_factor_cookie: { message: say("took_too_long"), next: say("sign_in_again") },
  too_many_attempts_request_new_code: { message: say("wrong_codes"), next: say("sign_in_again") },
  account_temporarily_locked: {
    message: say("wrong_codes"),
    next: say("quarter_hour"),
  },
  totp_already_enabled: { message: say("codes_already") },
  password_too_short: { message: say("password_short"), next: say("few_words") },
  password_too_long: { message: say("password_long") },
  session_not_fresh: { message: say("signed_in_long_ago"), next: say("sign_in_then_this") },
  passkey_not_found: { message: say("key_not_known"), next: say("password_or_key") },
  previously_registered: { message: say("key_known"), next: say("another_key") },
  not_verified: { message: say("key_asks_nobody"), next: say("give_key_a_pin") },
  credential_account_not_found: { message: say("no_password_yet"), next: say("set_one") },
  failed_to_verify_registration: { message: say("key_not_checked"), next: say("try_again") },
  authentication_failed: { message: say("key_not_checked"), next: say("try_again") },
};
const TOO_OFTEN: Words = { message: say("too_often"), next: say("wait_little") };
const OTHERWISE: Words = { message: say("did_not_work"), next: say("try_again") };

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

function toldOf(status: number, body: Body): Wrong {
  if (status === 429) return { code: "too_often", ...TOO_OFTEN };
  const told = body !== null && "code" in body ? body : { code: "refused", message: "" };
  const code = String(told["code"]).toLowerCase();
  return { code, ...(WORDS[code] ?? OTHERWISE) };
}

function withoutTokens(body: Body): Body {
  if (body === null || Array.isArray(body)) return body ?? {};
  const { token: _, session: __, ...rest } = body as Readonly<Record<string, unknown>>;
  return rest;
}
