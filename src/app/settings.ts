/** A record's own settings, `config.json` in its folder, typed. */
import { z } from "zod";
import { DEFAULT_BOUNDS } from "../capture/browser/bounds.ts";
import { PlacardError } from "../lib/error.ts";
import { parseJson } from "../lib/json.ts";
import { say } from "./said.ts";

const httpUrl = z.url({ protocol: /^https?$/ }).max(2000);

/** A whole number; what is smaller captures nothing, what is larger bounds nothing. */
const between = ({ least, most, usual }: Bound) => z.int().min(least).max(most).default(usual);

interface Bound {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** Of what one capture may take, and how many there are of them. */
export const CAPTURE_BOUNDS = {
  seconds: { least: 5, most: 1800, usual: DEFAULT_BOUNDS.seconds },
  memoryMiB: { least: 512, most: 65_536, usual: DEFAULT_BOUNDS.memoryMiB },
  diskMiB: { least: 64, most: 1_048_576, usual: DEFAULT_BOUNDS.diskMiB },
  atOnce: { least: 1, most: 20, usual: 2 },
  perHost: { least: 1, most: 4, usual: 1 },
  gapSeconds: { least: 0, most: 3600, usual: 1 },
  retries: { least: 0, most: 5, usual: 2 },
} as const satisfies Readonly<Record<string, Bound>>;

/** Those the workbench speaks. */
export const HOUSE_LANGUAGES = ["en", "he"] as const;

export const settingsSchema = z.strictObject({
  /** Where the group publishes; the QR code of a placard leads there. */
  site: httpUrl.optional(),
  /** What stands on the site besides exhibits. */
  siteText: z
    .strictObject({
      /** How the group works, in its own paragraphs. */
      method: z.array(z.string().min(1).max(4000)).max(20).default([]),
      /** Cases that are told there, by their names in the record; no other is. `key` stands in the address. */
      cases: z
        .array(
          z.strictObject({
            case: z.string().min(1).max(200),
            key: z
              .string()
              .regex(/^(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,80}[a-z0-9])?$/, "small letters, digits and hyphens"),
            name: z.string().min(1).max(200),
            about: z.string().max(2000).optional(),
          }),
        )
        .max(500)
        .default([]),
    })
    .prefault({}),
  /** Who is named as the capturer in what is sealed; a pseudonym does. */
  capturedBy: z.string().min(1).max(200).optional(),
  browser: z.string().min(1).max(4096).optional(),
  /** In which the workbench speaks to members who have chosen none. */
  language: z.enum(HOUSE_LANGUAGES).default("en"),
  /** What one capture may take (src/capture/browser/bounds.ts), and how many run at once: each wants a core and some 300 MB. */
  capture: z
    .strictObject({
      seconds: between(CAPTURE_BOUNDS.seconds),
      memoryMiB: between(CAPTURE_BOUNDS.memoryMiB),
      diskMiB: between(CAPTURE_BOUNDS.diskMiB),
      atOnce: between(CAPTURE_BOUNDS.atOnce),
      /** Captures of one host at the same time, and seconds between them (src/agenda/polite-pool.ts). */
      perHost: between(CAPTURE_BOUNDS.perHost),
      gapSeconds: between(CAPTURE_BOUNDS.gapSeconds),
      /** How often what may pass is tried again (src/agenda/retry.ts). */
      retries: between(CAPTURE_BOUNDS.retries),
    })
    .prefault({}),
  /** RFC 3161 authorities, asked after each capture. */
  timestampAuthorities: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        url: httpUrl,
        hash: z.enum(["sha256", "sha384", "sha512"]).default("sha256"),
        /** SHA-256 of the DER of its certificate, or of one above it: only tokens that lead there are taken and printed. */
        certificate: z
          .string()
          .regex(/^[A-Za-z0-9+/]{43}=$/, "the base64 of 32 bytes")
          .optional(),
      }),
    )
    .max(8)
    .default([]),
  /** C2SP witnesses, asked after each capture. */
  witnesses: z
    .array(z.strictObject({ vkey: z.string().max(500), url: httpUrl }))
    .max(8)
    .default([]),
});

/** `config.json` in the record's folder; all of it may be missing. */
export type Settings = z.infer<typeof settingsSchema>;

export type TimestampAuthority = Settings["timestampAuthorities"][number];

export function parseSettings(text: string | undefined): Settings {
  const parsed = settingsSchema.safeParse(text === undefined ? {} : parseJson(text, "record's config.json"));
  if (parsed.success) return parsed.data;
  throw new PlacardError("malformed", say("config_unusable", { why: z.prettifyError(parsed.error) }), {
    next: say("mend_config"),
  });
}
