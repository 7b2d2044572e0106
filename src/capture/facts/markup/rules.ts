import { reddit } from "./reddit.ts";
import type { MarkupRule } from "./rule.ts";
import { telegram } from "./telegram.ts";
import { x } from "./x.ts";
import { xenforo } from "./xenforo.ts";

export const MARKUP_RULES: readonly MarkupRule[] = [...reddit, ...telegram, ...x, ...xenforo];
