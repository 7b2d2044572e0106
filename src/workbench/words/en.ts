/** All the workbench says, in English. One file a room; the other languages answer to this one. */
import { account } from "./en/account.ts";
import { enter } from "./en/enter.ts";
import { health } from "./en/health.ts";
import { keep } from "./en/keep.ts";
import { look } from "./en/look.ts";
import { mine } from "./en/mine.ts";
import { people } from "./en/people.ts";
import { sample } from "./en/sample.ts";
import { save } from "./en/save.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { show } from "./en/show.ts";

export const en = { account, enter, health, keep, look, mine, people, sample, save, settings, shell, show } as const;
