/** Invented posts for the measurements of the workbench: the same in every run. */
import { utf8 } from "../src/lib/bytes.ts";
import { sha256 } from "../src/lib/sha256.ts";
import type { Act } from "../src/record/act.ts";

/** Fewer only to see whether the measuring itself works. */
export const EXHIBITS = Number(process.env["PLACARD_BENCH_EXHIBITS"] ?? 100_000);
export const PLATFORMS = ["Townsquare", "Chatter", "Bulletin", "Lantern", "Hollow", "Meadow"];

/** The same numbers in every run (Park and Miller). */
let state = 20_260_301;
function random(): number {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
}
const pick = <T>(items: readonly T[], skew = 1): T => items[Math.floor(items.length * random() ** skew)] as T;
const SYLLABLES = "ba be bo da de do ka ke ko la le lo ma me mo na ne no ra re ro sa se so ta te to".split(" ");
export const WORDS = Array.from({ length: 8000 }, () =>
  Array.from({ length: 2 + Math.floor(3 * random()) }, () => pick(SYLLABLES)).join(""),
);
const CASES = Array.from({ length: 60 }, (_, i) => `Case ${i}`);

/** What the capture of the i-th says; to be asked for in order. */
export function inventedPost(i: number): Act {
  return {
    act: "captured",
    url: `https://townsquare.example/p/${i}`,
    title: `${pick(WORDS, 3)} ${pick(WORDS, 3)}`,
    postText: Array.from({ length: 22 }, () => pick(WORDS, 3)).join(" "),
    author: `${pick(WORDS)} ${pick(WORDS)}`,
    platform: pick(PLATFORMS, 2),
    ...(random() < 0.7 ? { case: pick(CASES, 2) } : {}),
    postedAt: new Date(1_650_000_000_000 + Math.floor(1.1e11 * random())).toISOString(),
    capturedBy: `member-${Math.floor(12 * random())}`,
    media1About: {
      perceptualHash: { algorithm: "pdq", hash: Buffer.from(sha256(utf8(String(i)))).toString("hex"), quality: 90 },
    },
  };
}
