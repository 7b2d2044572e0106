/** All the workbench says, in Hebrew. */
import { shell } from "./he/shell.ts";
import { signIn } from "./he/sign-in.ts";
import type { Words } from "./words.ts";

export const he: Words = { shell, signIn };
