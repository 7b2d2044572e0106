/** What the form asks the server. Its own words stand in the catalogues; the server's, which are English, only where those have none. */

export class Refused extends Error {
  override readonly name = "Refused";
  readonly code: string;
  readonly next: string;

  constructor(code: string, message: string, next = "") {
    super(message);
    this.code = code;
    this.next = next;
  }
}

/** Code where no answer came: what was sent may have arrived. */
export const SILENCE = "silence";

interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** Throws `Refused`. */
export async function ask<T>(path: string, { headers = {}, json }: Asking = {}): Promise<T> {
  const sent =
    json === undefined
      ? { headers }
      : { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(json) };
  const answer = await fetch(`/api/intake${path}`, sent).catch(() => undefined);
  if (answer === undefined) throw new Refused(SILENCE, "");
  const told = (await answer.json().catch(() => undefined)) as unknown;
  if (answer.ok && told !== undefined) return told as T;
  const { error } = (told ?? {}) as { error?: { code?: string; message?: string; next?: string } };
  throw new Refused(error?.code ?? (answer.status >= 500 ? SILENCE : "fault"), error?.message ?? "", error?.next);
}

export interface Form {
  readonly open: boolean;
  readonly group?: string;
  readonly greeting?: string;
}

export interface Receipt {
  readonly at: string;
  readonly state: "received" | "looked" | "taken" | "declined" | "withdrawn" | "erased";
  readonly reason?: string;
  readonly parts: readonly {
    readonly n: number;
    readonly kind: "link" | "picture";
    readonly standing: "waiting" | "saving" | "saved" | "failed" | "gone";
  }[];
}
