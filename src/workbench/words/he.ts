/** All the workbench says, in Hebrew. */
import { enter } from "./he/enter.ts";
import { mine } from "./he/mine.ts";
import { people } from "./he/people.ts";
import { save } from "./he/save.ts";
import { shell } from "./he/shell.ts";
import type { Words } from "./words.ts";

export const he: Words = { enter, mine, people, save, shell };
