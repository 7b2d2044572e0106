/** A site that shows its posts to members only, and is free with its secrets: in headers, addresses and bodies, in every form sites know. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { frame } from "../websocket-frames.ts";

export const MEMBER = { name: "Mara Lämmchen-O'Reed", handle: "mara_lanterns", password: "hedge&trim=42!secret" };

/** What else the site calls the member: short, and in each script as it is written. */
export const SHORT_NAMES = { latin: "Vilka", han: "李明", hebrew: "גל" } as const;
/** What the member wants hidden. */
export const HIDE = [MEMBER.name, `@${MEMBER.handle}`, ...Object.values(SHORT_NAMES)];

/** In curly quotes and isolates, before an apostrophe, in running text, behind a prefix. */
const CALLED = `“${SHORT_NAMES.latin}”, \u2068${SHORT_NAMES.latin}\u2069, \u200e${SHORT_NAMES.latin}’s – 昨天${SHORT_NAMES.han}说他在这里。 אמרו ל${SHORT_NAMES.hebrew} שהגדר נגזמה.`;

/** Everything that must be in nothing that is handed out. */
export const SEEDS = {
  session: "s%3ASEEDsess-8f3a9c.kQ9vXw2zLp7",
  remember: "SEEDremember4711aa",
  rotated: "SEEDrotated/9x+8y=7z",
  visible: "seedvisible-a81bc2",
  bearer: "SEEDbearer.4d5e6f7a8b",
  stored: "SEEDstored_0011223344",
  indexed: "SEEDindexed-5566778899",
  csrf: 'SEEDcsrf<9a>&8b"7c',
  issued: "SEEDissued~aabbccddee",
  query: "SEEDquery1234567890",
  fragment: "SEEDfragment98765",
  signed: "SEEDsigned0a1b2c3d",
  socket: "SEEDsocket=7766554433",
  member: "100004711223344",
} as const;

export interface MembersSite extends AsyncDisposable {
  readonly origin: string;
  /** The post, at an address with a token in it. */
  readonly link: string;
  /** From now on no session is taken any more. */
  expire(): void;
  /** What was answered to whom. */
  readonly asked: readonly { readonly path: string; readonly cookie: string }[];
}

/** As a sign-in leaves them in the browser. */
export const COOKIES = [
  { name: "sid", value: SEEDS.session, httpOnly: true },
  { name: "remember", value: SEEDS.remember, httpOnly: true },
  { name: "visitor", value: SEEDS.visible, httpOnly: false },
  { name: "c_user", value: SEEDS.member, httpOnly: false },
] as const;

const html = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
const escaped = (text: string): string =>
  JSON.stringify(text).replace(/[<>&'\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

const LOGIN = `<!doctype html><title>Sign in</title><h1>Sign in to continue</h1>
<form method="post" action="/login"><label>Name <input name="name"></label>
<label>Password <input name="password" type="password"></label><button>Sign in</button></form>`;

const HOME = `<!doctype html><title>Home</title><h1>Welcome</h1><p>Signed in as ${html(MEMBER.name)}.</p><script>
localStorage.setItem("auth", JSON.stringify({ accessToken: "${SEEDS.stored}", theme: "light" }));
indexedDB.open("app", 1).onupgradeneeded = (event) => event.target.result.createObjectStore("keys").put({ refreshToken: "${SEEDS.indexed}" }, "me");
</script>`;

const POST = `<!doctype html><html lang="en"><head><title>(3) ${html(MEMBER.name)} – Hollow Lane</title>
<meta name="csrf-token" content="${html(SEEDS.csrf)}">
<meta property="og:title" content="The hedge, as seen by ${html(MEMBER.name)}: ${CALLED}">
<link rel="canonical" href="/p/1"></head><body>
<header><a href="/u/${MEMBER.handle}?ref=${encodeURIComponent(MEMBER.name)}">Signed in as ${html(MEMBER.name)} (@${MEMBER.handle})</a><p>${CALLED}</p>
<form action="/out"><input type="hidden" name="authenticity_token" value="${html(SEEDS.csrf)}"></form></header>
<main><article><h1>Hollow Lane notices</h1><p>The hedge at number four has been cut again, and nobody was asked.</p>
<p>By Oak Warden, <time datetime="2026-03-01T10:00:00Z">1 March 2026</time></p>
<img src="/avatar.png?sig=${SEEDS.signed}" alt=""></article></main>
<div data-state="${Buffer.from(`{"sid":"${SEEDS.session}","me":"${MEMBER.name}"}`).toString("base64")}" data-hex="${Buffer.from(SEEDS.remember).toString("hex")}"></div>
<script>const state = {"csrfToken":${escaped(SEEDS.csrf)},"user":{"id":${SEEDS.member},"name":${escaped(MEMBER.name)},"handle":"@${MEMBER.handle.toUpperCase()}","called":${escaped(CALLED)}},"nested":${JSON.stringify(escaped(JSON.stringify({ name: MEMBER.name })))}};
const stored = JSON.parse(localStorage.getItem("auth") ?? "{}");
const headers = { authorization: "Bearer ${SEEDS.bearer}", "x-csrf-token": state.csrfToken.replace(/[^\\x20-\\x7e]/g, ""), "x-guest": "none" };
Promise.all([
  fetch("/api/me", { headers }).then((r) => r.json()).then((me) => sessionStorage.setItem("issuedToken", me.access_token)),
  fetch("/api/feed?page=1&token=" + encodeURIComponent("${SEEDS.query}"), { headers }),
  fetch("/api/seen", { method: "POST", headers, body: new URLSearchParams({ csrf: state.csrfToken, stored: stored.accessToken ?? "", who: state.user.name }) }),
  fetch("/api/chunks", { headers }), fetch("/api/moved", { headers }),
  new Promise((done) => { const socket = new WebSocket(location.origin.replace("http", "ws") + "/talk");
    socket.onopen = () => { socket.send(JSON.stringify({ token: "${SEEDS.socket}", name: state.user.name })); socket.send(new TextEncoder().encode("binary ${SEEDS.socket}")); };
    socket.onmessage = () => socket.close(); socket.onclose = done; }),
]).then(() => document.querySelector("main").append("All is loaded."));
</script></body></html>`;

export async function serveMembers(): Promise<MembersSite> {
  const asked: { path: string; cookie: string }[] = [];
  const sockets = new Set<Duplex>();
  let expired = false;
  const isMember = (cookie: string): boolean => !expired && cookie.includes(`sid=${SEEDS.session}`);
  const server = createServer((request, response) => {
    const { cookie = "" } = request.headers;
    asked.push({ path: request.url ?? "", cookie });
    void answer(request, response, isMember(cookie));
  });
  server.on("connection", (socket: Duplex) => sockets.add(socket));
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    const key = `${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.on("error", () => undefined);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.once("data", () => {
      socket.write(frame({ opcode: 1, payload: JSON.stringify({ hello: MEMBER.name, sid: SEEDS.session }) }));
      socket.on("data", () => setTimeout(() => socket.destroy(), 100));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    link: `${origin}/p/1?access_token=${SEEDS.query}#key_token=${SEEDS.fragment}`,
    expire: () => (expired = true),
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, isMember: boolean): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0] as string;
  const page = (text: string, more: Record<string, string | string[]> = {}): void =>
    void response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...more }).end(text);
  if (path === "/public")
    return page(
      `<!doctype html><title>Open to all</title><p>Lanterns are lit at six, all are welcome.</p><img src="/avatar.png" alt="">`,
      {
        "set-cookie": `visitor=${SEEDS.visible}; Path=/`,
      },
    );
  if (path === "/plain") return page("<!doctype html><title>Plain</title><p>Nothing is set here at all.</p>");
  if (request.method === "POST" && path === "/login") return logIn(request, response);
  if (path === "/avatar.png") return void response.writeHead(200, { "content-type": "image/png" }).end(PIXEL);
  if (path === "/strict") return void response.writeHead(401, { "content-type": "text/html" }).end("<p>No.");
  if (!isMember) return page(LOGIN);
  const api = API[path];
  if (api !== undefined) return api(response);
  if (path === "/home") return page(HOME);
  return page(POST, {
    "set-cookie": [`rotated=${SEEDS.rotated}; HttpOnly; Path=/`, "theme=light; Path=/"],
    link: `</me?token=${SEEDS.issued}>; rel=me`,
  });
}

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function logIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const form = new URLSearchParams(body);
  if (form.get("password") !== MEMBER.password) {
    response.writeHead(200, { "content-type": "text/html" }).end(LOGIN);
    return;
  }
  const cookies = COOKIES.map(({ name, value, httpOnly }) => `${name}=${value}; Path=/${httpOnly ? "; HttpOnly" : ""}`);
  response.writeHead(303, { location: "/home", "set-cookie": cookies }).end();
}

const json = { "content-type": "application/json" };
const API: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "/api/me": (response) =>
    void response
      .writeHead(200, { ...json, "content-encoding": "gzip", etag: '"me-1"' })
      .end(
        gzipSync(
          `{"name":${escaped(MEMBER.name)},"handle":"${MEMBER.handle}","access_token":"${SEEDS.issued}","called":${JSON.stringify(CALLED)},"id":${SEEDS.member}}`,
        ),
      ),
  "/api/feed": (response) =>
    void response
      .writeHead(200, { ...json, "content-encoding": "br" })
      .end(
        brotliCompressSync(
          JSON.stringify({ seen: [MEMBER.handle], next: `/api/feed?token=${SEEDS.query}`, again: SEEDS.remember }),
        ),
      ),
  "/api/seen": (response) =>
    void response
      .writeHead(200, { ...json, "content-encoding": "zstd" })
      .end(zstdCompressSync(JSON.stringify({ by: MEMBER.name, cookie: decodeURIComponent(SEEDS.session) }))),
  "/api/chunks": (response) => {
    response.writeHead(200, { "content-type": "text/plain" });
    const text = `Twice: ${SEEDS.rotated} and ${encodeURIComponent(SEEDS.rotated)} for ${MEMBER.name}. ${CALLED}`;
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 5) response.write(bytes.subarray(at, at + 5));
    response.end();
  },
  "/api/moved": (response) =>
    void response
      .writeHead(302, { location: `/api/feed?token=${SEEDS.query}&for=${encodeURIComponent(MEMBER.name)}` })
      .end(),
};
