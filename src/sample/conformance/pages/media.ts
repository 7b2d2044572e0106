/** Pictures, sound, moving pictures and typefaces, and when a browser asks for them. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Answer, type Asked, body, type ConformancePage, html, picture, READ, TELLING, text } from "../answer.ts";

/** Bytes of a sound before its samples: who knows how long it lasts has read them. */
const HEAD = 44;

/** Two minutes of silence: RIFF/WAVE, PCM, 8,000 samples a second of a byte each. */
const SILENCE = (() => {
  const samples = Buffer.alloc(120 * 8_000, 0x80);
  const head = Buffer.from("RIFF....WAVEfmt ................data....");
  const bytes = Buffer.concat([Buffer.alloc(HEAD), samples]);
  head.copy(bytes);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("fmt ", 12, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8_000, 24);
  bytes.writeUInt32LE(8_000, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(samples.length, 40);
  return bytes;
})();

/** RFC 9110 §14: one range, from a place on. */
function ranged(bytes: Buffer, type: string): (asked: Asked) => Answer {
  return ({ header }) => {
    const range = /^bytes=(\d+)-(\d*)$/.exec(header("range") ?? "");
    if (range === null) return body(type, bytes, [["Accept-Ranges", "bytes"]]);
    const first = Number(range[1]);
    const last = Math.min(bytes.length - 1, range[2] === "" ? bytes.length - 1 : Number(range[2]));
    const part = body(type, bytes.subarray(first, last + 1), [
      ["Accept-Ranges", "bytes"],
      ["Content-Range", `bytes ${first}-${last}/${bytes.length}`],
    ]);
    return { ...part, status: 206 };
  };
}

export const media: ConformancePage = {
  name: "media",
  // A player gives up what it asked for where it is to go on elsewhere, and may stop when it has enough.
  mayBeCut: ["sound.wav", "film.wav"],
  answers: () => ({
    "": html(
      "Media",
      `<audio id="a" src="sound.wav" preload="auto" controls></audio><video src="film.wav" preload="metadata" controls></video>
<script>${TELLING}const a = document.getElementById("a"); a.onloadedmetadata = () => { a.currentTime = 110; tell("sound.wav", ${HEAD}); };
fetch("part.txt", { headers: { Range: "bytes=5-9" } }).then((answer) => answer.text())</script>`,
    ),
    "sound.wav": ranged(SILENCE, "audio/wav"),
    "film.wav": ranged(SILENCE, "audio/wav"),
    [READ]: text("noted"),
    "part.txt": ranged(Buffer.from("the hedge on Hollow Lane"), "text/plain"),
  }),
};

const SEGMENTS = ["one.ts", "two.ts", "three.ts"];

/** HTTP Live Streaming (RFC 8216) as page scripts do it: the list, then what it lists. */
export const hls: ConformancePage = {
  name: "hls",
  answers: () => ({
    "": html(
      "Live streaming",
      `<script>fetch("list.m3u8").then((answer) => answer.text()).then(async (list) => {
        for (const line of list.split("\\n")) if (line && line[0] !== "#") await fetch(line).then((answer) => answer.arrayBuffer());
      })</script>`,
    ),
    "list.m3u8": body(
      "application/vnd.apple.mpegurl",
      `#EXTM3U\n#EXT-X-TARGETDURATION:6\n${SEGMENTS.map((name) => `#EXTINF:6,\n${name}\n`).join("")}#EXT-X-ENDLIST\n`,
    ),
    ...Object.fromEntries(
      SEGMENTS.map((name, i) => [name, body("video/mp2t", Buffer.alloc(188 * 20, i + 0x47))] as const),
    ),
  }),
};

export const images: ConformancePage = {
  name: "images",
  unasked: ["wide.png"],
  answers: () => ({
    "": html(
      "Images",
      `<img src="narrow.png" srcset="narrow.png 1x, wide.png 3x" width="20" height="20"><picture><source srcset="source.png"><img src="narrow.png"></picture>
${[2_000, 6_000, 11_000].map((top) => `<div style="position:absolute;top:${top}px"><img loading="lazy" src="lazy-${top}.png" width="20" height="20"></div>`).join("\n")}`,
    ),
    "narrow.png": picture(),
    "wide.png": picture(),
    "source.png": picture(),
    "lazy-2000.png": picture(),
    "lazy-6000.png": picture(),
    "lazy-11000.png": picture(),
  }),
};

/** Ten posts more whenever the end comes into view, as often as one likes. */
export const feed: ConformancePage = {
  name: "feed",
  answers: () => ({
    "": html(
      "Feed",
      `<main></main><p id="end">More …</p><script>
        let batch = 0;
        const add = () => fetch("more?" + batch++).then((answer) => answer.text()).then((more) => {
          document.querySelector("main").insertAdjacentHTML("beforeend", more);
          watch.unobserve(end); watch.observe(end);
        });
        const end = document.getElementById("end");
        const watch = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) add(); });
        add();
      </script>`,
    ),
    more: ({ path }) =>
      text(
        Array.from({ length: 10 }, (_, i) => `<p style="height:150px">Post ${path.replace(/\D/g, "")}${i}</p>`).join(
          "",
        ),
      ),
  }),
};

const TYPEFACE = "@fontsource-variable/archivo/files/archivo-latin-wght-normal.woff2";

export const fonts: ConformancePage = {
  name: "fonts",
  unasked: ["unneeded.woff2"],
  answers: () => {
    const typeface = body("font/woff2", readFileSync(fileURLToPath(import.meta.resolve(TYPEFACE))));
    return {
      "": html("Web fonts", `<link rel="stylesheet" href="face.css"><p style="font-family:Lane">Hollow Lane</p>`),
      "face.css": body(
        "text/css",
        `@font-face { font-family: Lane; src: url(lane.woff2) } @font-face { font-family: Other; src: url(unneeded.woff2) }`,
      ),
      "lane.woff2": typeface,
      "unneeded.woff2": typeface,
    };
  },
};
