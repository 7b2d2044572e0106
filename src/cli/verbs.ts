/** Every verb with its arguments. What each does is one small function below or beside this file. */
import { Command, CommanderError } from "commander";
import { PlacardError } from "../lib/error.ts";
import type { CaptureArguments } from "./capture.ts";
import type { DossierArguments } from "./dossier.ts";
import type { ExportArguments } from "./hand-out.ts";
import { EXIT, type Output } from "./output.ts";
import type { PublishArguments } from "./publish.ts";
import type { RedactArguments } from "./redact.ts";
import type { ServeArguments } from "./serve.ts";

interface Common {
  readonly record: string;
}

/** Runs the verb that `args` names; resolves to the exit code. Throws `usage` for words it does not know. */
export async function run(args: readonly string[], output: Output): Promise<number> {
  let exit: number = EXIT.holds;
  const program = new Command("placard")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  const verb = (usage: string): Command =>
    program.command(usage).option("--record <dir>", "", "./record").option("--json").exitOverride();
  const does = <A extends unknown[]>(work: (...given: A) => Promise<number>) => {
    return async (...given: A): Promise<void> => {
      exit = await work(...given);
    };
  };

  program
    .command("init [dir]")
    .requiredOption("--name <name>")
    .option("--json")
    .exitOverride()
    .action(
      does(async (dir: string | undefined, options: { name: string }) =>
        (await import("./init.ts")).init(dir ?? "./record", options.name, output),
      ),
    );
  program
    .command("demo [dir]")
    .option("--json")
    .exitOverride()
    .action(does(async (dir: string | undefined) => (await import("./demo.ts")).demo(dir ?? "./demo", output)));
  verb("serve")
    .option("--port <number>")
    .option("--host <address>")
    .option("--public-url <url>")
    .option("--sandbox-url <url>")
    .option("--certificate <file>")
    .option("--key <file>")
    .action(
      does(async (options: Common & ServeArguments) =>
        (await import("./serve.ts")).serve(options.record, options, output),
      ),
    );
  verb("capture [url...]")
    .option("--links <file>")
    .option("--resume")
    .option("--discard")
    .option("--again <times>")
    .option("--case <name>")
    .option("--note <text>")
    .option("--session <name>")
    .option("--allow-private")
    .action(
      does(async (urls: string[], options: Common & CaptureArguments) =>
        (await import("./capture.ts")).capture(options.record, urls, options, output),
      ),
    );
  verb("recapture <id>")
    .option("--again <times>")
    .option("--session <name>")
    .option("--allow-private")
    .action(
      does(async (id: string, options: Common & { again?: string; session?: string; allowPrivate?: boolean }) =>
        (await import("./recapture.ts")).recapture(options.record, id, options, output),
      ),
    );
  verb("watch")
    .option("--once")
    .option("--forget <id>")
    .action(
      does(async (options: Common & { once?: boolean; forget?: string }) =>
        (await import("./recapture.ts")).watch(options.record, options, output),
      ),
    );
  const session = program.command("session").exitOverride();
  const sessionVerb = (usage: string): Command =>
    session.command(usage).option("--record <dir>", "", "./record").option("--json").exitOverride();
  sessionVerb("login <name> <url>")
    .option("--hide <name...>")
    .option("--hide-nothing")
    .option("--allow-private")
    .action(
      does(
        async (
          name: string,
          url: string,
          options: Common & { hide?: string[]; hideNothing?: boolean; allowPrivate?: boolean },
        ) => (await import("./session.ts")).login(name, url, options, output),
      ),
    );
  sessionVerb("list").action(
    does(async (options: Common) => (await import("./session.ts")).listAll(options.record, output)),
  );
  sessionVerb("forget <name>").action(
    does(async (name: string, options: Common) => (await import("./session.ts")).forget(options.record, name, output)),
  );
  program
    .command("member")
    .exitOverride()
    .command("recover [email]")
    .option("--record <dir>", "", "./record")
    .option("--public-url <url>")
    .option("--json")
    .exitOverride()
    .action(
      does(async (email: string | undefined, options: Common & { publicUrl?: string }) =>
        (await import("./member.ts")).recover(email, options, output),
      ),
    );
  verb("import <file...>")
    .requiredOption("--from <who>")
    .option("--case <name>")
    .option("--note <text>")
    .action(
      does(async (files: string[], options: Common & { from: string; case?: string; note?: string }) =>
        (await import("./import.ts")).importAll(options.record, files, options, output),
      ),
    );
  verb("list")
    .option("--case <name>")
    .action(
      does(async (options: Common & { case?: string }) =>
        (await import("./look.ts")).list(options.record, options.case, output),
      ),
    );
  verb("show <id>").action(
    does(async (id: string, options: Common) => (await import("./look.ts")).show(options.record, id, output)),
  );
  verb("export <id>")
    .requiredOption("-o, --output <file>")
    .option("--withhold <field...>")
    .option("--show <field...>")
    .option("--redacted")
    .action(
      does(async (id: string, options: Common & ExportArguments) =>
        (await import("./hand-out.ts")).exportOne(options.record, id, options.output, options, output),
      ),
    );
  verb("redact <id>")
    .option("--box <x,y,width,height...>")
    .option("--withhold <field...>")
    .option("--word <text...>")
    .option("--propose")
    .action(
      does(async (id: string, options: Common & RedactArguments) =>
        (await import("./redact.ts")).redact(options.record, id, options, output),
      ),
    );
  verb("print <id...>")
    .requiredOption("-o, --output <file>")
    .option("--size <size>", "", "A3")
    .option("--headline <text>")
    .option("--language <code>", "", "en")
    .option("--picture")
    .action(
      does(async (ids: string[], options: Common & Parameters<typeof import("./hand-out.ts").print>[2]) =>
        (await import("./hand-out.ts")).print(options.record, ids, options, output),
      ),
    );
  verb("publish <target>")
    .option("--yes")
    .option("--undo")
    .action(
      does(async (target: string, options: Common & PublishArguments) =>
        (await import("./publish.ts")).publish(options.record, target, options, output),
      ),
    );
  program
    .command("verify <file...>")
    .option("--policy <file>")
    .option("--json")
    .exitOverride()
    .action(
      does(async (files: string[], options: { policy?: string }) =>
        (await import("./verify.ts")).verifyAll(files, options.policy, output),
      ),
    );
  verb("timestamp").action(
    does(async (options: Common) => (await import("./keep.ts")).timestamp(options.record, output)),
  );
  verb("cosign").action(does(async (options: Common) => (await import("./keep.ts")).cosign(options.record, output)));
  verb("audit").action(
    does(async (options: Common) => (await import("./keep.ts")).auditRecord(options.record, output)),
  );
  verb("doctor").action(does(async (options: Common) => (await import("./doctor.ts")).doctor(options.record, output)));
  verb("erase <id>")
    .requiredOption("--reason <text>")
    .action(
      does(async (id: string, options: Common & { reason: string }) =>
        (await import("./keep.ts")).erase(options.record, id, options.reason, output),
      ),
    );
  verb("backup")
    .requiredOption("-o, --output <file>")
    .option("--passphrase-file <file>")
    .action(
      does(async (options: Common & { output: string; passphraseFile?: string }) =>
        (await import("./back-up.ts")).backUp(options.record, options, output),
      ),
    );
  program
    .command("restore <file> <dir>")
    .option("--passphrase-file <file>")
    .option("--json")
    .exitOverride()
    .action(
      does(async (file: string, dir: string, options: { passphraseFile?: string }) =>
        (await import("./back-up.ts")).restore(file, dir, options, output),
      ),
    );
  verb("export-case <name>")
    .requiredOption("-o, --output <dir>")
    .option("--also <id...>")
    .action(
      does(async (name: string, options: Common & { output: string; also?: string[] }) =>
        (await import("./back-up.ts")).exportCase(options.record, name, options, output),
      ),
    );
  verb("dossier <case>")
    .requiredOption("--out <file>")
    .option("--language <language>", "", "en")
    .option("--also <id...>")
    .action(
      does(async (name: string, options: Common & DossierArguments) =>
        (await import("./dossier.ts")).dossier(options.record, name, options, output),
      ),
    );
  verb("import-case <dir>")
    .option("--from <who>")
    .option("--case <name>")
    .action(
      does(async (dir: string, options: Common & { from?: string; case?: string }) =>
        (await import("./back-up.ts")).importCase(options.record, dir, options, output),
      ),
    );
  verb("index")
    .requiredOption("--rebuild")
    .action(does(async (options: Common) => (await import("./keep.ts")).rebuild(options.record, output)));

  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new PlacardError("usage", sentence(error.message), {
      next: "placard --help shows every verb with its arguments.",
    });
  }
  return exit;
}

/** `error: unknown command 'vrify'\n(Did you mean verify?)` → `Unknown command 'vrify'. Did you mean verify?` */
function sentence(message: string): string {
  const [said = "", ...hints] = message.replace(/^error: /, "").split("\n");
  const hint = hints.map((words) => words.replace(/^\((.*)\)$/, " $1")).join("");
  return `${said.replace(/^./, (first) => first.toUpperCase()).replace(/\.$/, "")}.${hint}`;
}
