/** What is well and what is not, of the record and of the machine it lies on, and how it is mended. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Sign } from "../../app/doctor.ts";
import { SOFTWARE } from "../../app/version.ts";
import { PROBLEMS } from "../errors.ts";
import type { Env, Parts } from "../parts.ts";
import { codedSchema } from "../problem.ts";

const STATES = { well: "holds", note: "limited", wrong: "fails" } as const satisfies Readonly<
  Record<Sign["state"], string>
>;

const healthSchema = z
  .object({
    verdict: z.enum(["holds", "fails"]),
    checks: z
      .array(
        z.object({
          name: z.string().openapi({ example: "disk", description: "As placard doctor names it." }),
          state: z.enum(["holds", "limited", "fails"]).openapi({
            description: "limited: works, with less than there could be.",
          }),
          words: z.string(),
          next: z.string().optional().openapi({ description: "What to do about it." }),
          told: codedSchema.optional().openapi({ description: "`words` for other languages." }),
          toldNext: codedSchema.optional().openapi({ description: "`next` for other languages." }),
        }),
      )
      .openapi({ description: "What fails comes first, what holds comes last." }),
    version: z.string().openapi({ description: "Of Placard." }),
    folder: z.string().openapi({ description: "Where the record lies." }),
    posts: z.number().int().openapi({ description: "How many exhibits it holds." }),
  })
  .openapi("Health");

const getHealth = createRoute({
  method: "get",
  path: "/health",
  description: "What placard doctor looks at; of the browser, what its last trial said.",
  responses: {
    200: { content: { "application/json": { schema: healthSchema } }, description: "How all is." },
    ...PROBLEMS,
  },
});

const WORST_FIRST = ["fails", "limited", "holds"] as const;

export function healthRoutes({ house }: Parts) {
  return new OpenAPIHono<Env>().openapi(getHealth, async (c) => {
    const { total: posts } = await house.record().looking.counts({}, { isGuest: false });
    const { diagnose } = await import("../../app/doctor.ts");
    const { verdict, signs } = await diagnose(house.folder, { withoutTrial: true });
    const all = signs.map(({ what, state, why, ...more }) => ({
      name: what,
      state: STATES[state],
      words: why,
      ...more,
    }));
    const checks = WORST_FIRST.flatMap((state) => all.filter((one) => one.state === state));
    return c.json({ verdict, checks, version: SOFTWARE.version, folder: house.folder, posts }, 200);
  });
}
