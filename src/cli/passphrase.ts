/** A passphrase from a file, or typed where nobody sees it. Never from the command's own words, which others on the machine can read. */
import { open } from "node:fs/promises";
import { stdin } from "node:process";
import { PlacardError } from "../lib/error.ts";
import type { Output } from "./output.ts";

const LONGEST = 4096;

/** The first line of `file` (`-`: of standard input); typed where none is named. Throws `usage`, `cancelled`. */
export async function passphraseFrom(
  file: string | undefined,
  output: Output,
  { suggest }: { readonly suggest?: () => string } = {},
): Promise<string> {
  if (file !== undefined) return firstLine(file === "-" ? await readInput() : await readFileText(file));
  if (!stdin.isTTY) {
    throw new PlacardError("usage", "There is nobody to ask for the passphrase.", {
      next: "Name a file that holds it: --passphrase-file FILE, or - for standard input.",
    });
  }
  const typed = await ask(suggest === undefined ? "Passphrase: " : "Passphrase (leave empty to be given one): ");
  if (suggest === undefined) return typed;
  if (typed === "") {
    const made = suggest();
    output.say(
      `The passphrase is: ${made}\nWrite it down, and keep it where the back-up is not. Nobody can open it without.`,
    );
    return made;
  }
  if ((await ask("Once more: ")) === typed) return typed;
  throw new PlacardError("usage", "The two were not the same; nothing was done.", { next: "Try it again." });
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").replace(/\r$/, "");
}

async function readFileText(path: string): Promise<string> {
  const file = await open(path).catch((cause: unknown) => {
    throw new PlacardError("usage", `The passphrase file ${path} cannot be read.`, { cause });
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST), 0, LONGEST);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function readInput(): Promise<string> {
  let text = "";
  for await (const chunk of stdin.setEncoding("utf8")) {
    text += String(chunk);
    if (text.includes("\n") || text.length > LONGEST) break;
  }
  return text;
}

/** Shows nothing of what is typed. */
function ask(question: string): Promise<string> {
  process.stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let typed = "";
    const end = (): void => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.off("data", hear);
      process.stderr.write("\n");
    };
    const hear = (keys: string): void => {
      for (const key of keys) {
        if (key === "\r" || key === "\n" || key === "\u0004") {
          end();
          resolve(typed);
          return;
        }
        if (key === "\u0003") {
          end();
          reject(new PlacardError("cancelled", "Stopped; nothing was done."));
          return;
        }
        typed = key === "\u007f" || key === "\b" ? [...typed].slice(0, -1).join("") : typed + key;
      }
    };
    stdin.on("data", hear);
    stdin.resume();
  });
}
