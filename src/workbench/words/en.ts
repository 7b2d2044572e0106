/** All the workbench says, in English. One file a room; the other languages answer to this one. */
import { enter } from "./en/enter.ts";
import { mine } from "./en/mine.ts";
import { people } from "./en/people.ts";
import { save } from "./en/save.ts";
import { shell } from "./en/shell.ts";

export const en = { enter, mine, people, save, shell } as const;
