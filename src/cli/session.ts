import { openRecord } from "../app/record.ts";
import { EXIT, type Output, printable } from "./output.ts";

interface LoginArguments {
  readonly record: string;
  readonly hide?: readonly string[];
  readonly hideNothing?: boolean;
  readonly allowPrivate?: boolean;
}

export async function login(name: string, url: string, given: LoginArguments, output: Output): Promise<number> {
  await using record = await openRecord(given.record);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  try {
    const session = await record.logIn(name, url, {
      signal: stop.signal,
      hide: given.hide ?? [],
      hideNothing: given.hideNothing ?? false,
      ...(given.allowPrivate ? { allowPrivate: true } : {}),
      onProgress: (step) => output.progress(step),
    });
    output.result(
      { verb: "session", did: "login", ...told(session) },
      `Kept the session ${name}, sealed in the vault. placard capture URL --session ${JSON.stringify(name)} uses it.`,
    );
    if (session.hide.length === 0) output.say(NO_NAMES);
    return EXIT.holds;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

const NO_NAMES =
  "It hides no name, as you said: should the site show yours after all, what you hand out shows it too. Sign in anew with --hide NAME…, then.";

export async function listAll(folder: string, output: Output): Promise<number> {
  await using record = await openRecord(folder);
  const { whole, damaged } = await record.sessions();
  for (const session of whole) {
    const { signedInAt, hide } = told(session);
    const hidden = hide.length === 0 ? "hides no name" : `hides ${hide.map(printable).join(", ")}`;
    output.result(
      { verb: "session", ...told(session) },
      `${printable(session.name)}  ${printable(session.site)}  signed in ${signedInAt}, ${hidden}`,
    );
  }
  for (const { id, why } of damaged) {
    output.result(
      { verb: "session", id, damaged: why },
      `${id}  cannot be opened: ${why} placard session forget ${id} removes it.`,
    );
  }
  if (whole.length + damaged.length === 0)
    output.say("There is no session. placard session login NAME URL opens a window to sign in.");
  return EXIT.holds;
}

export async function forget(folder: string, name: string, output: Output): Promise<number> {
  await using record = await openRecord(folder);
  await record.forgetSession(name);
  output.result(
    { verb: "session", did: "forget", name },
    `Forgot ${printable(name)}: nothing of it is left in this record. Sign out at the site too: what was captured keeps its cookies, sealed in the vault.`,
  );
  return EXIT.holds;
}

function told({
  name,
  site,
  hide,
  signedInAt,
}: {
  readonly name: string;
  readonly site: string;
  readonly hide: readonly string[];
  readonly signedInAt: number;
}) {
  return { name, site, hide, signedInAt: new Date(signedInAt).toISOString() };
}
