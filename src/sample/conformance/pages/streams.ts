/** Connections that last, bodies that are large or have no end, and requests that are given up. */
import { type Answer, type ConformancePage, html, RUNNING, text } from "../answer.ts";

const MEBIBYTE = 1 << 20;
/** Bytes that compress badly, the same on every run (a linear congruential generator). */
const BLOCK = (() => {
  const bytes = Buffer.alloc(MEBIBYTE);
  let state = 1;
  for (let i = 0; i < bytes.length; i++) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    bytes[i] = state >> 16;
  }
  return bytes;
})();

function* repeated(piece: Buffer, times: number): Generator<Buffer> {
  for (let i = 0; i < times; i++) yield piece;
}

/** Answers are asked for more than once, so each iteration begins anew. */
const times = (piece: Buffer, count: number): Iterable<Buffer> => ({ [Symbol.iterator]: () => repeated(piece, count) });

const octets = (more: Omit<Answer, "status" | "headers">): Answer => ({
  status: 200,
  headers: [["Content-Type", "application/octet-stream"]],
  ...more,
});

export const events: ConformancePage = {
  name: "events",
  cut: ["stream"],
  answers: () => ({
    "": html("Events", `<script>new EventSource("stream")</script>`),
    stream: {
      status: 200,
      headers: [["Content-Type", "text/event-stream"]],
      pieces: ["data: first\n\n", "event: reply\ndata: second\n\n"].map((event) => Buffer.from(event)),
      pause: 20,
      open: true,
    },
  }),
};

export const socket: ConformancePage = {
  name: "socket",
  answers: ({ sockets }) => ({
    "": html(
      "Socket",
      `${RUNNING}<script>
        const talk = new WebSocket("${sockets}/socket/talk");
        talk.onopen = () => talk.send("Hello");
        talk.onclose = () => clearInterval(running);
      </script>`,
    ),
    talk: text("answered by the handshake"),
  }),
};

export const large: ConformancePage = {
  name: "large",
  answers: () => ({
    "": html(
      "Large",
      `<script>fetch("hundred").then(async (answer) => { for await (const piece of answer.body); })</script>`,
    ),
    hundred: octets({ pieces: times(BLOCK, 100), length: 100 * MEBIBYTE }),
  }),
};

export const endless: ConformancePage = {
  name: "endless",
  cut: ["stream"],
  answers: () => ({
    "": html(
      "Endless",
      `<script>fetch("stream").then(async (answer) => { for await (const piece of answer.body); })</script>`,
    ),
    stream: octets({ pieces: times(BLOCK.subarray(0, 16_384), Number.POSITIVE_INFINITY), pause: 10 }),
  }),
};

export const aborted: ConformancePage = {
  name: "aborted",
  cut: ["midway", "silent"],
  answers: () => ({
    "": html(
      "Aborted",
      `<script>(async () => {
        const give = (path, until) => {
          const abort = new AbortController();
          return fetch(path, { signal: abort.signal }).then(async (answer) => {
            for await (const piece of answer.body) abort.abort();
          }).catch(() => 0).finally(() => fetch("done").then((answer) => answer.text()));
        };
        await give("midway");
        const abort = new AbortController();
        setTimeout(() => abort.abort(), 100);
        await fetch("silent", { signal: abort.signal }).catch(() => 0);
        const never = new AbortController();
        fetch("never", { signal: never.signal }).catch(() => 0);
        never.abort();
      })()</script>`,
    ),
    midway: octets({ pieces: times(BLOCK.subarray(0, 4096), 500), pause: 5 }),
    silent: octets({ pieces: [], open: true }),
    done: text("done"),
    never: text("given up before it was sent"),
  }),
  unasked: ["never"],
};

export const downloads: ConformancePage = {
  name: "downloads",
  answers: () => ({
    "": html(
      "Downloads",
      `<a id="a" href="file.zip" download>A file</a><script>document.getElementById("a").click()</script>`,
    ),
    "file.zip": {
      status: 200,
      headers: [
        ["Content-Type", "application/zip"],
        ["Content-Disposition", "attachment"],
      ],
      pieces: times(BLOCK.subarray(0, 4096), 4),
      length: 4 * 4096,
    },
  }),
};
