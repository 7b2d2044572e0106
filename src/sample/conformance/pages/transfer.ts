/** How bodies and heads cross the wire: codings, chunks, repeated headers, redirects, preflights. */
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { type Answer, body, type ConformancePage, type Field, html, text } from "../answer.ts";

const TALK = "Hollow Lane Residents talk about the hedge. ".repeat(500);
const CODINGS: Readonly<Record<string, (text: string) => Buffer>> = {
  gzip: gzipSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
};

const coded = (name: string, encode: (text: string) => Buffer): Answer =>
  body("text/plain", encode(TALK), [["Content-Encoding", name]]);

function inChunks(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

export const codings: ConformancePage = {
  name: "codings",
  answers: () => ({
    "": html(
      "Codings",
      `<script>for (const path of ["gzip", "br", "zstd", "chunked", "chunked-gzip", "empty"]) fetch(path).then((answer) => answer.text())</script>`,
    ),
    ...Object.fromEntries(Object.entries(CODINGS).map(([name, encode]) => [name, coded(name, encode)])),
    chunked: { status: 200, headers: [["Content-Type", "text/plain"]], pieces: inChunks(Buffer.from(TALK), 777) },
    "chunked-gzip": {
      status: 200,
      headers: [
        ["Content-Type", "text/plain"],
        ["Content-Encoding", "gzip"],
      ],
      pieces: inChunks(gzipSync(TALK), 33),
      pause: 1,
    },
    empty: { status: 204, headers: [] },
  }),
};

const REPEATED: readonly Field[] = [
  ["X-First", "1"],
  ["Set-Cookie", "hedge=high; Path=/headers"],
  ["x-first", "again"],
  ["X-Empty", ""],
  ["Set-Cookie", "lane=hollow; Path=/headers"],
  ["X-Spaces", "a   b"],
];

export const headers: ConformancePage = {
  name: "headers",
  answers: () => ({
    "": html("Headers", `<script>fetch("after?cookies").then((answer) => answer.text())</script>`, REPEATED),
    after: body("text/plain", "after the cookies", REPEATED),
  }),
};

const STATUSES = [301, 302, 303, 307, 308];
const redirect = (status: number): Answer => ({
  ...text(`Moved, says ${status}.`),
  status,
  headers: [
    ["Content-Type", "text/plain"],
    ["Location", `/redirects/there?from=${status}`],
  ],
});

export const redirects: ConformancePage = {
  name: "redirects",
  answers: () => ({
    "": html(
      "Redirects",
      `<script>(async () => {
        for (const status of [${STATUSES}]) {
          await fetch("" + status).then((answer) => answer.text());
          await fetch("" + status, { method: "POST", body: "from " + status }).then((answer) => answer.text());
        }
      })()</script>`,
    ),
    ...Object.fromEntries(STATUSES.map((status) => [status, redirect(status)])),
    there: text("There."),
  }),
};

export const preflight: ConformancePage = {
  name: "preflight",
  answers: ({ other }) => ({
    "": html(
      "Preflight",
      `<script>fetch("${other}/preflight/put", { method: "PUT", headers: { "X-Placard": "1" }, body: "put" }).then((answer) => answer.text())</script>`,
    ),
    put: ({ method }) =>
      method === "OPTIONS"
        ? {
            status: 204,
            headers: [
              ["Access-Control-Allow-Origin", "*"],
              ["Access-Control-Allow-Methods", "PUT"],
              ["Access-Control-Allow-Headers", "x-placard"],
            ],
          }
        : text("was put"),
  }),
};

/** Asked for at one address each time, and told apart by their bodies alone: as pages ask that show what such requests bring. */
const ASKED_FOR = [
  `fetch("post", { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"query":"post","id":7}' })`,
  `fetch("post", { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"query":"post","id":8}' })`,
  `fetch("post", { method: "POST", body: new URLSearchParams({ about: "hedge & lane", page: "1" }) })`,
  `fetch("post", { method: "POST", body: new URLSearchParams({ about: "hedge & lane", page: "2" }) })`,
  `fetch("post", { method: "POST", body: form })`,
  `fetch("post", { method: "POST", body: "גדר" })`,
  `fetch("post", { method: "POST" })`,
  `fetch("post", { method: "PUT", body: "put" })`,
  `fetch("post?page=2&by=neighbour")`,
  `fetch("post")`,
];

export const posts: ConformancePage = {
  name: "posts",
  answers: () => {
    let asked = 0;
    return {
      "": html(
        "Posts",
        `<ol></ol><script>(async () => {
          const form = new FormData(); form.append("about", "the gate"); form.append("page", "1");
          for (const ask of [${ASKED_FOR.map((one) => `() => ${one}`).join(", ")}]) {
            const said = await (await ask()).text();
            document.querySelector("ol").append(Object.assign(document.createElement("li"), { textContent: said }));
          }
        })()</script>`,
      ),
      post: ({ method }) => text(`Answer ${++asked}, to a ${method}.`),
    };
  },
};
