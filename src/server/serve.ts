/** Listens: where, under which address people come, and what is said where that is not safe. */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { serve as listen, type ServerType } from "@hono/node-server";
import { PlacardError } from "../lib/error.ts";
import { takesFile } from "./small-bodies.ts";

export interface ListenOptions {
  /** Address of the network card; 127.0.0.1 is this machine only. */
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Where people reach it, when that is not this host and port, such as a reverse proxy before it: https://… */
  readonly publicUrl?: string | undefined;
  /** PEM files; then it speaks TLS itself. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
  /** Milliseconds that a small body may take to come; for tests. */
  readonly patience?: number;
}

export interface Listening {
  readonly port: number;
  /** Where people come, without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/;
/** Whether a network address is this machine's own way to itself, in IPv6's writing of IPv4 too. */
export const isLoopback = (address: string): boolean => LOOPBACK.test(address.replace(/^::ffff:/, ""));
/** All addresses of this machine, however it is written: 0.0.0.0, ::, nothing. No browser can be sent there. */
const ANY_ADDRESS = /^[0.:]*$/;

/** Throws `usage` where it would be reached over a network in the open, or under an address nobody knows. */
export function refuseOpenNetwork({ host, publicUrl, certificate }: ListenOptions): void {
  if (publicUrl !== undefined && URL.parse(publicUrl)?.protocol !== "https:") {
    throw new PlacardError("usage", `The address people use must begin with https://, and ${publicUrl} does not.`);
  }
  if (!LOOPBACK.test(host) && certificate === undefined) {
    throw new PlacardError("usage", `At ${host} others on the network could read along, passwords too.`, {
      next: "Give --certificate and --key (PEM files), also where a reverse proxy on another machine asks; one on this machine reaches it without --host.",
    });
  }
  if (ANY_ADDRESS.test(host) && publicUrl === undefined) {
    throw new PlacardError("usage", `${host} is every address of this machine, and none that people could open.`, {
      next: "Give the one they use with --public-url https://…, its port too where that is not 443.",
    });
  }
}

/**
 * Whether whatever connects is a reverse proxy of ours, whose word on who asks can be taken: people come elsewhere, and only
 * this machine can connect. A certificate says that they may come directly.
 */
export const isBehindProxy = ({ host, publicUrl, certificate }: ListenOptions): boolean =>
  publicUrl !== undefined && certificate === undefined && LOOPBACK.test(host);

/**
 * Milliseconds for which a connection without a request stays: longer than reverse proxies keep theirs (60 s is usual), or one
 * would send a request on a connection that is being closed, and its sender would be told of a broken line.
 */
const KEPT_OPEN = 75_000;
/**
 * A large file over a slow line takes longer than the five minutes that Node gives a request; where it stalls, form.ts
 * breaks off. Without a limit for the whole, Node would have none for the headers either.
 */
const PATIENCE = { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: KEPT_OPEN } as const;
/** Milliseconds in which all else must have come whole: what is told here is small, and even five hundred links are. */
const SMALL = 60_000;

/** So that nobody holds connections open by sending a body a letter at a time. Of an upload, whatever still comes once it was answered. */
function refuseDawdlers(server: ServerType, patience: number): void {
  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    const wait = (): void => {
      const late = setTimeout(() => {
        if (!request.complete) request.socket.destroy();
      }, patience).unref();
      request.once("close", () => clearTimeout(late));
    };
    if (takesFile((request.url ?? "").split("?", 1)[0] ?? "")) response.once("finish", wait);
    else wait();
  });
}

/** Answers requests by `fetch` until closed. Throws `usage`, `busy` where the port is taken. */
export async function listenTo(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  options: ListenOptions,
): Promise<Listening> {
  refuseOpenNetwork(options);
  const { host, port, publicUrl, certificate, patience = SMALL } = options;
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
  refuseDawdlers(server, patience);
  const at = (server.address() as AddressInfo).port;
  const shown = LOOPBACK.test(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return {
    port: at,
    url: publicUrl === undefined ? `${tls ? "https" : "http"}://${shown}:${at}` : new URL(publicUrl).origin,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
