/** The same answers over HTTP/2 with TLS. Heads are lists there and frames are the library's, so bodies are what is known byte for byte. */
import http2 from "node:http2";
import type { AddressInfo } from "node:net";
import type { Answer, Field } from "./answer.ts";
import { derOf } from "./certificate.ts";
import type { Http1Options } from "./http1-server.ts";
import { type Answering, type ConformanceServer, pour, type Served } from "./served.ts";

export async function serveHttp2(
  makeAnswer: (origin: string) => Answering,
  { keys, host = "localhost" }: Http1Options,
): Promise<ConformanceServer> {
  const served: Served[] = [];
  const sessions = new Set<http2.ServerHttp2Session>();
  const shown = keys === undefined ? {} : { certificate: derOf(keys) };
  let answer: Answering | undefined;
  let origin = "";
  const server = http2.createSecureServer({ ...keys, paddingStrategy: http2.constants.PADDING_STRATEGY_MAX });
  server.on("session", (session) => {
    sessions.add(session);
    session.on("error", () => undefined);
  });
  const onStream = (
    stream: http2.ServerHttp2Stream,
    headers: http2.IncomingHttpHeaders,
    _flags: number,
    rawHeaders: readonly string[],
  ): void => {
    stream.on("error", () => undefined);
    const requestBody: Buffer[] = [];
    const method = String(headers[":method"]);
    const path = String(headers[":path"]);
    const header = (name: string): string | undefined => headers[name]?.toString();
    const said = (answer as Answering)({ method, path, header });
    const one: Served = {
      origin,
      ...shown,
      protocol: "h2",
      method,
      path,
      requestHeaders: pairs(rawHeaders).filter(([name]) => !name.startsWith(":")),
      requestBody,
      status: said.status,
      responseHeaders: lowerCase(said.headers),
      written: [],
      whole: false,
    };
    served.push(one);
    stream.on("data", (piece: Buffer) => requestBody.push(piece));
    stream.on("end", () => void say(stream, one, said));
  };
  server.on("stream", onStream);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `https://${host}:${(server.address() as AddressInfo).port}`;
  answer = makeAnswer(origin);
  return {
    origin,
    served,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function pairs(raw: readonly string[]): readonly Field[] {
  return Array.from({ length: raw.length / 2 }, (_, i): Field => [raw[2 * i] as string, raw[2 * i + 1] as string]);
}

/** A name's values together at the place of its first, as the library sends them. */
function lowerCase(headers: readonly Field[]): readonly Field[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return [...names].flatMap((name) =>
    headers.filter(([other]) => other.toLowerCase() === name).map(([, value]): Field => [name, value]),
  );
}

async function say(stream: http2.ServerHttp2Stream, served: Served, answer: Answer): Promise<void> {
  const fields: http2.OutgoingHttpHeaders = { ":status": answer.status };
  for (const [name, value] of served.responseHeaders) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat().map(String);
  }
  if (stream.destroyed) return;
  const bodiless = answer.pieces === undefined || served.method === "HEAD";
  stream.respond(fields, { endStream: bodiless, sendDate: false } as http2.ServerStreamResponseOptions);
  if (!bodiless) {
    const same = (piece: Buffer): Buffer => piece;
    if (!(await pour(answer, served, same, (bytes) => writeTo(stream, bytes))) || answer.open) return;
    stream.end();
  }
  served.whole = true;
}

async function writeTo(stream: http2.ServerHttp2Stream, bytes: Buffer): Promise<boolean> {
  if (stream.destroyed || stream.closed) return false;
  if (stream.write(bytes)) return true;
  await new Promise<void>((done) => {
    const end = (): void => {
      stream.off("drain", end).off("close", end);
      done();
    };
    stream.on("drain", end).on("close", end);
  });
  return !stream.destroyed;
}
