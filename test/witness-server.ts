/** A witness for tests, by C2SP tlog-witness in full (Ed25519 only), on loopback. It keeps its state in memory alone. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { cosign } from "../src/ledger/cosignature.ts";
import { type NoteSigner, parseVerifierKey } from "../src/ledger/note.ts";
import { parseAddCheckpoint, SIZE_MEDIA_TYPE, witnessDecision } from "../src/ledger/witness.ts";

const LONGEST_BODY = 2_000_000;

export interface WitnessServer extends AsyncDisposable {
  /** Submission and monitoring prefix. */
  readonly url: string;
  readonly vkey: string;
  /** HTTP statuses answered to add-checkpoint, in order. */
  readonly statuses: readonly number[];
}

interface Latest {
  readonly size: number;
  readonly root: Uint8Array;
  readonly checkpoint: string;
}

/** `signer` has a key of type 4; `logs` are verifier keys; `clock` tells seconds since 1970. */
export async function startWitness(
  signer: NoteSigner,
  logs: readonly string[],
  clock: () => number = () => Math.floor(Date.now() / 1000),
): Promise<WitnessServer> {
  const latest = new Map<string, Latest>();
  const statuses: number[] = [];
  const keys = logs.map(parseVerifierKey);
  const view = {
    keysOf: (origin: string) => keys.filter(({ name }) => name === origin),
    latestOf: (origin: string) => latest.get(origin),
  };

  const addCheckpoint = (body: Uint8Array): Reply => {
    const decision = witnessDecision(body, view);
    if (decision.status === 409) return { status: 409, mediaType: SIZE_MEDIA_TYPE, body: `${decision.size}\n` };
    if (decision.status !== 200) return { status: decision.status, body: `${decision.why}\n` };
    const { origin, size, root } = decision.checkpoint;
    const line = cosign(decision.text, signer, clock());
    // One turn of the event loop: nothing comes between the decision and the record of it.
    latest.set(origin, { size, root, checkpoint: `${parseAddCheckpoint(body).checkpoint}${line}\n` });
    return { status: 200, body: `${line}\n` };
  };

  const reply = async (request: IncomingMessage): Promise<Reply> => {
    if (request.url === "/add-checkpoint") {
      if (request.method !== "POST") return { status: 405, body: "" };
      const body = await readBody(request);
      const answer = body === undefined ? { status: 400, body: "too long\n" } : addCheckpoint(body);
      statuses.push(answer.status);
      return answer;
    }
    if (request.method !== "GET") return { status: 405, body: "" };
    const found = [...latest].find(([origin]) => request.url === `/${originHash(origin)}/checkpoint`);
    return found === undefined ? { status: 404, body: "" } : { status: 200, body: found[1].checkpoint };
  };

  const server = await listen(async (request, response) => send(response, await reply(request)));
  return { ...server, vkey: signer.vkey, statuses };
}

interface Reply {
  readonly status: number;
  readonly mediaType?: string;
  readonly body: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** A server on a free port of loopback; also for witnesses that misbehave. */
export async function listen(handler: Handler): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    Promise.resolve(handler(request, response)).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status, mediaType = "text/plain; charset=utf-8", body }: Reply): void {
  response.writeHead(status, { "content-type": mediaType }).end(body);
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > LONGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function originHash(origin: string): string {
  return createHash("sha256").update(origin).digest("hex");
}
