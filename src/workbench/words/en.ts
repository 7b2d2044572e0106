/** All the workbench says, in English. One file a room; the other languages answer to this one. */
import { shell } from "./en/shell.ts";
import { signIn } from "./en/sign-in.ts";

export const en = { shell, signIn } as const;
