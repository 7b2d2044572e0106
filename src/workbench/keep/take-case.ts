import { ask, OFFLINE, Problem, problemOf } from "../api.ts";
import type { Coded } from "../words/said.ts";

/** As the server tells it (src/app/capture-messages.ts). */
export interface Taken {
  readonly caseName: string;
  readonly from: string;
  readonly sealed: number;
  readonly there: number;
  readonly refused: readonly { readonly file: string; readonly message: string; readonly told?: Coded }[];
}

interface Line {
  readonly done?: number;
  readonly total?: number;
  readonly taken?: Taken;
  readonly error?: object;
}

interface Listener {
  readonly signal: AbortSignal;
  readonly onStep: (step: { readonly done: number; readonly total: number }) => void;
}

/** Sends a case's ZIP and hears line by line how far it is. Throws `Problem`. */
export async function takeCase(file: File, caseName: string, { signal, onStep }: Listener): Promise<Taken> {
  const body = new FormData();
  if (caseName !== "") body.append("caseName", caseName);
  body.append("file", file);
  const response = await ask("/api/cases", { method: "POST", body, signal });
  if (!response.ok) throw problemOf(response.status, await response.json().catch(() => undefined));
  for await (const { done, total, taken, error } of linesOf(response, signal)) {
    if (error !== undefined) throw problemOf(response.status, { error });
    if (taken !== undefined) return taken;
    if (done !== undefined && total !== undefined) onStep({ done, total });
  }
  throw new Problem(OFFLINE, "");
}

async function* linesOf({ body }: Response, signal: AbortSignal): AsyncGenerator<Line> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = () =>
    reader?.read().catch((cause: unknown) => {
      throw signal.aborted ? cause : new Problem(OFFLINE, "");
    });
  let rest = "";
  for (let read = await next(); read !== undefined && !read.done; read = await next()) {
    const lines = (rest + read.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as Line;
  }
}
