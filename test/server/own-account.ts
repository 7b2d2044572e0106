/** What a member does with the ways into their account, each step of which needs what the one before answered. */
import type { Line, Role } from "../../src/server/access.ts";
import { newPasskey, type Passkey } from "./authenticator.ts";
import {
  BASE_URL,
  codeAt,
  cookiesOf,
  emailOf,
  type FoundedHouse,
  fromBase32,
  good,
  PASSWORD,
  passwordOnly,
} from "./house.ts";

/** Is told of each answer. */
export type Note = (line: Line, answer: Response) => Promise<Response>;

interface Whose {
  readonly house: FoundedHouse;
  readonly note: Note;
  /** As a browser keeps them: each answer may change them. */
  cookie: string;
}

/** The answer, where it was done. */
async function does(whose: Whose, line: Line, json?: unknown): Promise<Response> {
  const [method = "", path = ""] = line.split(" ");
  const body = method === "GET" ? {} : { json: json ?? {} };
  const answer = await good(
    await whose.note(line, await whose.house.ask(path, { method, cookie: whose.cookie, ...body })),
  );
  whose.cookie = cookiesOf(answer, whose.cookie);
  return answer;
}

const challengeOf = async (answer: Response): Promise<string> =>
  ((await answer.clone().json()) as { readonly challenge: string }).challenge;

async function addPasskey(whose: Whose): Promise<Passkey> {
  const passkey = newPasskey(BASE_URL);
  const asked = await does(whose, "GET /api/auth/passkey/generate-register-options");
  await does(whose, "POST /api/auth/passkey/verify-registration", passkey.register(await challengeOf(asked)));
  return passkey;
}

interface Codes {
  readonly secret: Uint8Array;
  readonly spare: readonly string[];
}

/** The password first, then a code. */
async function setUpCodes(whose: Whose): Promise<Codes> {
  const enabled = await does(whose, "POST /api/auth/two-factor/enable", { password: PASSWORD });
  const told = (await enabled.clone().json()) as { readonly totpURI: string; readonly backupCodes: readonly string[] };
  const secret = fromBase32(new URL(told.totpURI).searchParams.get("secret") ?? "");
  await does(whose, "POST /api/auth/two-factor/verify-totp", { code: codeAt(secret) });
  return { secret, spare: told.backupCodes };
}

/** Of who has still to arrive, by codes; the cookies they have then. */
export async function arrivesByCodes(house: FoundedHouse, cookie: string, note: Note): Promise<string> {
  const whose = { house, note, cookie };
  await setUpCodes(whose);
  return whose.cookie;
}

export async function arrivesByPasskey(house: FoundedHouse, cookie: string, note: Note): Promise<void> {
  await addPasskey({ house, note, cookie });
}

/** By whoever has no session yet, with what somebody of that role has set up. */
export async function signsInEachWay(house: FoundedHouse, role: Role, note: Note): Promise<void> {
  const untold: Note = async (_, answer) => good(answer);
  const whose: Whose = { house, note: untold, cookie: house.cookies[role] };
  const passkey = await addPasskey(whose);
  await does(whose, "POST /api/auth/two-factor/disable", { password: PASSWORD });
  const { secret, spare } = await setUpCodes(whose);
  await signInBy({ house, note, cookie: "" }, passkey);
  const nobody = async (line: Line, json: unknown): Promise<Response> =>
    does({ house, note, cookie: await passwordOnly(house, emailOf(role)) }, line, json);
  await nobody("POST /api/auth/two-factor/verify-backup-code", { code: spare[0] });
  // The code that set them up is used up.
  await nobody("POST /api/auth/two-factor/verify-totp", { code: codeAt(secret, Date.now() + 30_000) });
}

async function signInBy(whose: Whose, passkey: Passkey): Promise<void> {
  const asked = await does(whose, "GET /api/auth/passkey/generate-authenticate-options");
  await does(whose, "POST /api/auth/passkey/verify-authentication", passkey.answer(await challengeOf(asked)));
}

/** Of a member who has arrived: adds a passkey, names it, signs in with it, removes it; the cookies they have then. */
export async function goesThroughPasskeys(house: FoundedHouse, role: Role, note: Note): Promise<string> {
  const whose = { house, note, cookie: house.cookies[role] };
  const passkey = await addPasskey(whose);
  const listed = await does(whose, "GET /api/auth/passkey/list-user-passkeys");
  const [{ id } = { id: "" }] = (await listed.clone().json()) as readonly { readonly id: string }[];
  await does(whose, "POST /api/auth/passkey/update-passkey", { id, name: "Desk" });
  await signInBy(whose, passkey);
  await does(whose, "POST /api/auth/passkey/delete-passkey", { id });
  return whose.cookie;
}

/** Likewise all that is done with a password, which is slow to check on purpose. */
export async function goesThroughCodes(house: FoundedHouse, role: Role, cookie: string, note: Note): Promise<string> {
  const whose = { house, note, cookie };
  await does(whose, "POST /api/auth/two-factor/disable", { password: PASSWORD });
  await setUpCodes(whose);
  const renewed = await does(whose, "POST /api/auth/two-factor/generate-backup-codes", { password: PASSWORD });
  const { backupCodes } = (await renewed.clone().json()) as { readonly backupCodes: readonly string[] };
  const pending = { ...whose, cookie: await passwordOnly(house, emailOf(role)) };
  await does(pending, "POST /api/auth/two-factor/verify-backup-code", { code: backupCodes[0] });
  await givesPassword(whose, role);
  return whose.cookie;
}

/** Of another of that role, who came by a passkey and has no password yet. */
async function givesPassword({ house, note }: Whose, role: Role): Promise<void> {
  const { token } = house.accounts.invitations.invite({ id: house.ids.owner, role: "owner" }, role);
  const who = { name: "Pat Passkey", email: emailOf(`pat-${role}`) };
  const headers = { "placard-invitation": token };
  const asked = await house.ask("/api/invitation/passkey", { method: "POST", headers, json: who });
  const passkey = { name: "Desk", ...newPasskey(BASE_URL).register(await challengeOf(await good(asked))) };
  const joined = await house.ask("/api/invitation", { method: "POST", headers, json: { ...who, passkey } });
  const cookie = cookiesOf(await good(joined));
  await does({ house, note, cookie }, "POST /api/me/password", { password: PASSWORD });
}
