/** Somebody without an account, with a device that does its piece of work. */
import { randomBytes } from "node:crypto";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { codeOf } from "../../src/server/intake/receipt.ts";
import { type Challenge, FEWEST_TRIES } from "../../src/server/intake/work.ts";
import { type Asking, type EmptyHouse, good } from "./house.ts";

export const newKey = (): string => randomBytes(16).toString("hex");

export interface Sending {
  readonly key?: string;
  readonly links?: string;
  readonly pictures?: readonly string[];
  readonly words?: string;
  readonly contact?: string;
}

type Ask = EmptyHouse["ask"];

export async function askForWork(ask: Ask): Promise<Challenge> {
  const answer = await good(await ask("/api/intake/work", { method: "POST" }));
  return ((await answer.json()) as { challenge: Challenge }).challenge;
}

/** Begins where the first solution can be: a device does not, but finds the same. */
export async function solve(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey, counterStart: FEWEST_TRIES });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
}

export const doWork = async (ask: Ask): Promise<string> => solve(await askForWork(ask));

export async function send(ask: Ask, sending: Sending, asking: Asking & { readonly work?: string } = {}) {
  const { work = await doWork(ask), headers, ...rest } = asking;
  return ask("/api/intake/sent", {
    method: "POST",
    ...rest,
    headers: { "placard-work": work, ...headers },
    json: { key: newKey(), ...sending },
  });
}

export async function sendIn(ask: Ask, sending: Sending, asking?: Asking): Promise<string> {
  const answer = await good(await send(ask, sending, asking));
  return ((await answer.json()) as { code: string }).code;
}

export interface TakenIn {
  readonly links?: readonly string[];
  readonly words?: string;
  readonly contact?: string;
  readonly pictures?: readonly Uint8Array[];
}

/** As if it had been sent in; without the piece of work, which takes a while. Returns the code. */
export async function takenIn({ house }: EmptyHouse, sending: TakenIn): Promise<string> {
  const { sent, receiptSecret } = await house.intake();
  const { links = [], words = "", contact = "", pictures = [] } = sending;
  const code = codeOf(receiptSecret, newKey());
  const png = pictures.map((bytes) => ({ bytes, mediaType: "image/png", item: newKey() }));
  sent.take({ code, links, words, contact, pictures: png }, { name: newKey(), until: Date.now() });
  return code;
}

export interface Receipt {
  readonly ref: string;
  readonly state: string;
  readonly reason?: string;
  readonly parts: readonly { readonly n: number; readonly kind: string; readonly standing: string }[];
  readonly words: number;
}

export async function receipt(ask: Ask, code: string, what = "", json?: unknown): Promise<Receipt> {
  const headers = { "placard-receipt": code };
  const asking = json === undefined && what === "" ? { headers } : { headers, method: "POST", json: json ?? {} };
  return (await (await good(await ask(`/api/intake/receipt${what}`, asking))).json()) as Receipt;
}

export interface Told extends Receipt {
  readonly contact?: string;
  readonly messages: readonly { readonly text: string }[];
  readonly parts: readonly (Receipt["parts"][number] & { readonly url?: string; readonly exhibit?: string })[];
}

/** What a member asks of the inbox. */
export async function inbox(
  ask: Ask,
  cookie: string,
  path: string,
  method = "POST",
  json: unknown = {},
): Promise<Told> {
  const asking = method === "GET" ? { cookie } : { cookie, method, json };
  return (await (await good(await ask(`/api/inbox${path}`, asking))).json()) as Told;
}

export async function openDoor({ ask }: EmptyHouse, cookie: string, greeting = "What is wanted."): Promise<void> {
  const json = { open: true, greeting, reasons: ["It is gone already."] };
  await good(await ask("/api/intake/door", { method: "PUT", cookie, json }));
}
