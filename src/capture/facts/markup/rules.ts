import { bluesky } from "./bluesky.ts";
import { linkedin } from "./linkedin.ts";
import { phpbb } from "./phpbb.ts";
import { reddit } from "./reddit.ts";
import type { MarkupRule } from "./rule.ts";
import { telegram } from "./telegram.ts";
import { vk } from "./vk.ts";
import { x } from "./x.ts";
import { xenforo } from "./xenforo.ts";
import { youtube } from "./youtube.ts";

export const MARKUP_RULES: readonly MarkupRule[] = [
  ...bluesky,
  ...linkedin,
  ...phpbb,
  ...reddit,
  ...telegram,
  ...vk,
  ...x,
  ...xenforo,
  ...youtube,
];
