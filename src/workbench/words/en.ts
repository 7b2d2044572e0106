/** All the workbench says, in English. One file a room; the other languages answer to this one. */

import { save } from "./en/save.ts";
import { shell } from "./en/shell.ts";
import { signIn } from "./en/sign-in.ts";

export const en = { save, shell, signIn } as const;
