/** Listens: where, under which address people come, and what is said where that is not safe. */
import { readFileSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { serve as listen, type ServerType } from "@hono/node-server";
import { PlacardError } from "../lib/error.ts";

export interface ListenOptions {
  /** Address of the network card; 127.0.0.1 is this machine only. */
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Where people reach it, when something else (a reverse proxy) stands before it: https://… */
  readonly publicUrl?: string | undefined;
  /** PEM files; then it speaks TLS itself. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
}

export interface Listening {
  readonly port: number;
  /** Where people come, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Throws `usage` where it would be reached over a network in the open. */
export function refuseOpenNetwork({ host, publicUrl, certificate }: ListenOptions): void {
  if (publicUrl !== undefined && URL.parse(publicUrl)?.protocol !== "https:") {
    throw new PlacardError("usage", `The address people use must begin with https://, and ${publicUrl} does not.`);
  }
  if (LOOPBACK.test(host) || publicUrl !== undefined || certificate !== undefined) return;
  throw new PlacardError("usage", `At ${host} others on the network could read along, passwords too.`, {
    next: "Give --certificate and --key (PEM files), or put a reverse proxy with TLS before it and give --public-url https://…",
  });
}

/**
 * A large file over a slow line takes longer than the five minutes that Node gives a request; where it stalls, form.ts
 * breaks off. Without a limit for the whole, Node would have none for the headers either.
 */
const PATIENCE = { requestTimeout: 0, headersTimeout: 60_000 } as const;

/** Answers requests by `fetch` until closed. Throws `usage`, `busy` where the port is taken. */
export async function listenTo(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  options: ListenOptions,
): Promise<Listening> {
  refuseOpenNetwork(options);
  const { host, port, publicUrl, certificate } = options;
  const tls = certificate && { cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) };
  const server = await new Promise<ServerType>((resolve, reject) => {
    const secure = tls && { createServer: createTlsServer };
    const serverOptions = { ...tls, ...PATIENCE };
    const made: ServerType = listen(
      { fetch, hostname: host, port, ...secure, serverOptions } as Parameters<typeof listen>[0],
      () => resolve(made),
    );
    made.once("error", reject);
  }).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== "EADDRINUSE") throw cause;
    throw new PlacardError("busy", `Something else on this machine is using port ${port}.`, {
      cause,
      next: "Stop it, or give another with --port.",
    });
  });
  const at = (server.address() as AddressInfo).port;
  const shown = LOOPBACK.test(host) ? "localhost" : host;
  return {
    port: at,
    url: publicUrl?.replace(/\/+$/, "") ?? `${tls ? "https" : "http"}://${shown}:${at}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
