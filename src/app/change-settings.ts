/** Settings seen and changed from the workbench, durably; what cannot be used is refused, and nothing is written. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { parseLink, refusePrivate } from "../capture/gate/link.ts";
import { parseVerifierKey } from "../ledger/note.ts";
import { utf8 } from "../lib/bytes.ts";
import { writeDurable } from "../lib/durable.ts";
import { isPlacardError, PlacardError } from "../lib/error.ts";
import { parseJson } from "../lib/json.ts";
import type { Told } from "../lib/told.ts";
import { Turnstile } from "../lib/turnstile.ts";
import type { RecordContext } from "./context.ts";
import { textAt } from "./live-settings.ts";
import { say } from "./said.ts";
import { parseSettings, type Settings, settingsSchema } from "./settings.ts";

/** Not `browser`: whoever sets that has this machine run a program of their choice. */
type Changeable = Omit<Settings, "browser">;
/** What is to be another; null takes a setting out, so that it is as if never set. */
export type SettingsChange = { readonly [Key in keyof Changeable]?: Changeable[Key] | null | undefined };

export interface SeenSettings {
  readonly settings: Settings;
  /** Of the file they stand in; sent along with a change, so that nobody undoes unawares what another did meanwhile. */
  readonly revision: string;
}

export interface ChangeOptions {
  readonly revision: string;
  readonly allowPrivate?: boolean;
}

const PATIENCE = 10_000;
const oneAtATime = new Turnstile();

/** Throws `malformed` where the file cannot be used. */
export function seeSettings({ folder }: Pick<RecordContext, "folder">): SeenSettings {
  const text = textAt(folder.settingsFile);
  return { settings: parseSettings(text), revision: revisionOf(text) };
}

/** Throws `usage` (which setting, and why not), `conflict` (changed meanwhile), `malformed`, `storage`. */
export async function changeSettings(
  context: Pick<RecordContext, "folder">,
  change: SettingsChange,
  { revision, allowPrivate = false }: ChangeOptions,
): Promise<SeenSettings> {
  const leave = await oneAtATime.enter(PATIENCE);
  try {
    const path = context.folder.settingsFile;
    const text = textAt(path);
    const before = parseSettings(text);
    if (revisionOf(text) !== revision) {
      throw new PlacardError("conflict", say("settings_changed"), {
        next: say("change_again"),
      });
    }
    const wanted = mergedWith(text, change);
    refuseUnusable(wanted, before, allowPrivate);
    await writeDurable(path, utf8(`${JSON.stringify(wanted, null, 2)}\n`));
    return seeSettings(context);
  } finally {
    leave();
  }
}

function revisionOf(text: string | undefined): string {
  return createHash("sha256")
    .update(text ?? "")
    .digest("hex");
}

/** What stands in the file and is not changed stays as it is written there. */
function mergedWith(text: string | undefined, change: SettingsChange): Readonly<Record<string, unknown>> {
  const written = text === undefined ? {} : (parseJson(text, "record's config.json") as Record<string, unknown>);
  const told = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    Object.entries({ ...written, ...Object.fromEntries(told) }).filter(([, value]) => value !== null),
  );
}

function refuseUnusable(wanted: Readonly<Record<string, unknown>>, before: Settings, allowPrivate: boolean): void {
  const parsed = settingsSchema.safeParse(wanted);
  if (!parsed.success) throw refused(z.prettifyError(parsed.error));
  const { site, timestampAuthorities, witnesses } = parsed.data;
  if (site !== undefined && site !== before.site) requireCodable(site);
  const names = timestampAuthorities.map(({ name }) => name);
  if (new Set(names).size < names.length) throw refused(say("same_authority"));
  for (const authority of timestampAuthorities) {
    const known = before.timestampAuthorities.some((one) => JSON.stringify(one) === JSON.stringify(authority));
    if (!known) requireAskable(authority, allowPrivate);
  }
  for (const { vkey, url } of witnesses) {
    if (before.witnesses.some((one) => one.vkey === vkey && one.url === url)) continue;
    requireWitnessKey(vkey);
    requireReachable(url, allowPrivate);
  }
}

/** As a QR code has it (src/show/content.ts), with room for an exhibit's id. */
const CODABLE = /^HTTPS?:\/\/[0-9A-Z$%*+./:-]+$/;
const LONGEST_SITE = 90;

function requireCodable(site: string): void {
  if (site.length <= LONGEST_SITE && CODABLE.test(site.toUpperCase())) return;
  throw refused(say("site_not_codable", { count: LONGEST_SITE }));
}

/** Throws `usage` for an authority that should not be asked. */
export function requireAskable(
  { url, certificate }: Pick<Settings["timestampAuthorities"][number], "url" | "certificate">,
  allowPrivate: boolean,
): void {
  requireReachable(url, allowPrivate);
  if (certificate !== undefined || allowPrivate || url.startsWith("https:")) return;
  throw refused(say("plain_authority"), {
    next: say("use_https"),
  });
}

/** Throws `usage` for what is no key of a witness. */
export function requireWitnessKey(vkey: string): void {
  let type: number | undefined;
  try {
    ({ type } = parseVerifierKey(vkey));
  } catch (error) {
    if (!isPlacardError(error)) throw error;
  }
  if (type === 4) return;
  throw refused(say("no_witness_key"), {
    next: say("copy_key_whole"),
  });
}

/** An address in one's own machine or network is for whoever may edit the file there. Throws `usage`. */
export function requireReachable(url: string, allowPrivate: boolean): void {
  const link = parseLink(url);
  if (!allowPrivate) refusePrivate(link);
}

function refused(message: string | Told, more: { readonly next?: Told } = {}): PlacardError {
  return new PlacardError("usage", message, more);
}
