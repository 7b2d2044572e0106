/** The server as typed functions. What goes wrong comes as one class, with words fit to be shown. */
import { hc } from "hono/client";
import type { App } from "../server/app.ts";
import { noteReach } from "./offline/reach.ts";
import type { Coded } from "./words/said.ts";

/** An answer other than the one asked for. `message` says what happened, `next` what to do. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: string;
  readonly next: string | undefined;
  readonly status: number;
  /** `message` and `next` by their codes, for whoever says them in another language. */
  readonly told: Coded | undefined;
  readonly toldNext: Coded | undefined;

  constructor(code: string, message: string, { next, status = 0, told, toldNext }: More = {}) {
    super(message);
    this.code = code;
    this.next = next;
    this.status = status;
    this.told = told;
    this.toldNext = toldNext;
  }
}

interface More {
  readonly next?: string | undefined;
  readonly status?: number;
  readonly told?: Coded | undefined;
  readonly toldNext?: Coded | undefined;
}

/** Code of a problem where no answer came at all; what it says is in the catalogues. */
export const OFFLINE = "offline";

/** Whether this is what follows from stopping it oneself. */
export const isStopped = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";

export async function ask(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    const told = await fetch(input, init);
    noteReach(true);
    return told;
  } catch (cause) {
    if (isStopped(cause)) throw cause;
    noteReach(false);
    throw new Problem(OFFLINE, "");
  }
}

export const { api } = hc<App>(globalThis.location?.origin ?? "", { fetch: ask });

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
}
type Told<R extends Answer> = Awaited<ReturnType<R["json"]>>;
/** What a route answers when all is well. */
type Good<T> = T extends { readonly error: unknown } ? never : T;

/** What an asked route answered; throws `Problem` where it refused or failed. */
export async function answer<R extends Answer>(asked: Promise<R>): Promise<Good<Told<R>>> {
  const response = await asked;
  const told = await response.json().catch(() => undefined);
  if (!response.ok) throw problemOf(response.status, told);
  return told as Good<Told<R>>;
}

/** The accounts' own routes (/api/auth/…) are not among the typed ones. */
export async function auth<T>(path: string, body?: object): Promise<T> {
  const sent =
    body === undefined
      ? {}
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await ask(`/api/auth${path}`, sent);
  const told: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw problemOf(response.status, told);
  return told as T;
}

/** Both forms of error: the routes' own, and that of the accounts' library. */
export function problemOf(status: number, told: unknown): Problem {
  const outer = told as { readonly error?: object; readonly code?: string; readonly message?: string } | undefined;
  const { code, message, ...more } = (outer?.error ?? outer ?? {}) as More & { code?: string; message?: string };
  return new Problem(code ?? (status === 429 ? "too_often" : "fault"), message ?? "", { ...more, status });
}
