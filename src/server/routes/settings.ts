/** The record's settings: seen, changed, and those outside who vouch for it tried. For owners. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { CAPTURE_BOUNDS, HOUSE_LANGUAGES, type SeenSettings } from "../../app/setting-up.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { say } from "../said.ts";

const bounded = ({ least, most }: { readonly least: number; readonly most: number }) => z.int().min(least).max(most);
const captureSchema = z
  .strictObject({
    seconds: bounded(CAPTURE_BOUNDS.seconds),
    memoryMiB: bounded(CAPTURE_BOUNDS.memoryMiB),
    diskMiB: bounded(CAPTURE_BOUNDS.diskMiB),
    atOnce: bounded(CAPTURE_BOUNDS.atOnce),
    perHost: bounded(CAPTURE_BOUNDS.perHost),
    gapSeconds: bounded(CAPTURE_BOUNDS.gapSeconds),
    retries: bounded(CAPTURE_BOUNDS.retries),
  })
  .openapi("CaptureLimits");
const address = z.url({ protocol: /^https?$/ }).max(2000);
const authoritySchema = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    url: address,
    hash: z.enum(["sha256", "sha384", "sha512"]),
    certificate: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, "the base64 of 32 bytes")
      .optional(),
  })
  .openapi("TimeAuthority");
const witnessSchema = z.strictObject({ vkey: z.string().trim().min(1).max(500), url: address }).openapi("Witness");
const MOST_ATTESTERS = 8;
/** Of one authority or witness, so many are asked at once for one member. */
const EACH = 2;

const settingsSchema = z
  .object({
    revision: z.string().openapi({ description: "Sent along with a change." }),
    site: z.string().optional(),
    capturedBy: z.string().optional(),
    browser: z.string().optional().openapi({ description: "Set in config.json only: it names a program that is run." }),
    language: z.enum(HOUSE_LANGUAGES),
    capture: captureSchema,
    timestampAuthorities: z.array(authoritySchema).readonly(),
    witnesses: z.array(witnessSchema).readonly(),
    usual: z.record(z.string(), z.object({ least: z.number(), most: z.number(), usual: z.number() })).openapi({
      description: "Of each capture limit: the least, the most, and what it is unless set.",
    }),
  })
  .openapi("Settings");
const changeSchema = z
  .strictObject({
    revision: z.string().max(100),
    site: address.nullable().optional(),
    capturedBy: z.string().trim().min(1).max(200).nullable().optional(),
    language: z.enum(HOUSE_LANGUAGES).optional(),
    capture: captureSchema.nullable().optional(),
    timestampAuthorities: z.array(authoritySchema).max(MOST_ATTESTERS).optional(),
    witnesses: z.array(witnessSchema).max(MOST_ATTESTERS).optional(),
  })
  .openapi("SettingsChange");

const json = <T extends z.ZodType>(schema: T) => ({ "application/json": { schema } });
const seeSettings = createRoute({
  method: "get",
  path: "/settings",
  description: "The record's settings. No secret is among them.",
  responses: { 200: { content: json(settingsSchema), description: "As they are in force." }, ...PROBLEMS },
});
const changeSettings = createRoute({
  method: "patch",
  path: "/settings",
  description: "Changes the settings that are sent, null taking one out; in force at once.",
  request: { body: { required: true, content: json(changeSchema) } },
  responses: { 200: { content: json(settingsSchema), description: "On disk, and in force." }, ...PROBLEMS },
});
const tryAuthority = createRoute({
  method: "post",
  path: "/settings/try-authority",
  description: "Asks a time authority for a stamp over random bytes; nothing is kept.",
  request: { body: { required: true, content: json(authoritySchema) } },
  responses: {
    200: {
      content: json(
        z.object({
          time: z.string(),
          authority: z.string().openapi({ description: "Whom its certificate names." }),
          certificate: z.string().openapi({ description: "What it can be held to." }),
        }),
      ),
      description: "It gave a good stamp.",
    },
    ...PROBLEMS,
  },
});
const tryWitness = createRoute({
  method: "post",
  path: "/settings/try-witness",
  description: "Asks a witness to countersign the newest checkpoint; nothing is kept.",
  request: { body: { required: true, content: json(witnessSchema) } },
  responses: {
    200: { content: json(z.object({ time: z.string(), name: z.string() })), description: "It countersigned." },
    ...PROBLEMS,
  },
});

export function settingsRoutes({ house, allowPrivate = false }: Parts) {
  const settingUp = () => house.record().settingUp;
  const places = placesFor(EACH, { message: say("asking_busy"), next: say("wait_answer") });
  return new OpenAPIHono<Env>()
    .openapi(seeSettings, (c) => c.json(told(settingUp().see()), 200))
    .openapi(changeSettings, async (c) => {
      const { revision, ...change } = c.req.valid("json");
      const options = { revision, allowPrivate };
      return c.json(told(await settingUp().change(change as Parameters<ChangeOf>[0], options)), 200);
    })
    .openapi(tryAuthority, async (c) => {
      using _ = places.take(c.get("member").id);
      const options = { allowPrivate, signal: c.req.raw.signal };
      return c.json(await settingUp().tryAuthority(c.req.valid("json"), options), 200);
    })
    .openapi(tryWitness, async (c) => {
      using _ = places.take(c.get("member").id);
      return c.json(await settingUp().tryWitness(c.req.valid("json"), { allowPrivate, signal: c.req.raw.signal }), 200);
    });
}

type ChangeOf = ReturnType<Parts["house"]["record"]>["settingUp"]["change"];

function told({ settings, revision }: SeenSettings) {
  return { ...settings, revision, usual: CAPTURE_BOUNDS };
}
