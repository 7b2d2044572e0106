/** Connections that last, bodies that are large or have no end, and requests that are given up. */
import { type Answer, type ConformancePage, html, READ, RUNNING, TELLING, text } from "../answer.ts";

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

const EVENTS = ["data: first\n\n", "event: reply\ndata: second\n\n"].map((event) => Buffer.from(event));

export const events: ConformancePage = {
  name: "events",
  cut: ["stream"],
  answers: () => ({
    "": html(
      "Events",
      `<script>${TELLING}
        new EventSource("stream").addEventListener("reply", () => tell("stream", ${Buffer.concat(EVENTS).length}));
      </script>`,
    ),
    stream: { status: 200, headers: [["Content-Type", "text/event-stream"]], pieces: EVENTS, pause: 20, open: true },
    [READ]: text("noted"),
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
      `<script>${TELLING}
        fetch("stream").then(async (answer) => {
          let read = 0;
          let next = 65_536;
          for await (const piece of answer.body) {
            read += piece.length;
            if (read < next || next > 1_048_576) continue;
            tell("stream", read);
            next *= 4;
          }
        })</script>`,
    ),
    stream: octets({ pieces: times(BLOCK.subarray(0, 16_384), Number.POSITIVE_INFINITY), pause: 10 }),
    [READ]: text("noted"),
  }),
};

export const aborted: ConformancePage = {
  name: "aborted",
  cut: ["midway", "silent"],
  // Given up at once: it may have left all the same, and then nobody waits for its answer.
  mayBeCut: ["never"],
  answers: () => ({
    "": html(
      "Aborted",
      `<script>${TELLING}(async () => {
        const give = (path, until) => {
          const abort = new AbortController();
          let read = 0;
          return fetch(path, { signal: abort.signal }).then(async (answer) => {
            for await (const piece of answer.body) { read += piece.length; abort.abort(); }
          }).catch(() => 0).finally(() => tell(path, read)).finally(() => fetch("done").then((answer) => answer.text()));
        };
        await give("midway");
        const abort = new AbortController();
        setTimeout(() => abort.abort(), 100);
        await fetch("silent", { signal: abort.signal }).then(() => tell("silent", 0)).catch(() => 0);
        const never = new AbortController();
        fetch("never", { signal: never.signal }).catch(() => 0);
        never.abort();
      })()</script>`,
    ),
    midway: octets({ pieces: times(BLOCK.subarray(0, 4096), 500), pause: 5 }),
    silent: octets({ pieces: [], open: true }),
    done: text("done"),
    [READ]: text("noted"),
    never: text("given up before it was sent"),
  }),
  unasked: ["never"],
};

export const downloads: ConformancePage = {
  name: "downloads",
  // Captures refuse downloads: of its body a browser may not read a byte.
  mayBeCut: ["file.zip"],
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
