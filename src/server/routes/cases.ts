/** A case that another group handed out, taken in: each proof verified, and sealed as received. */
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { utf8 } from "../../lib/bytes.ts";
import { PROBLEMS, problemOf } from "../errors.ts";
import { readForm } from "../form.ts";
import type { Env, Parts } from "../parts.ts";
import { placesFor } from "../places.ts";
import { codedSchema } from "../problem.ts";
import { say } from "../said.ts";

const toldSchema = z
  .object({
    done: z.int().optional().openapi({ description: "While it is under way: how many proofs are taken in." }),
    total: z.int().optional(),
    taken: z
      .object({
        caseName: z.string(),
        from: z.string(),
        sealed: z.int(),
        there: z.int().openapi({ description: "Taken in before." }),
        refused: z.array(z.object({ file: z.string(), message: z.string(), told: codedSchema.optional() })).readonly(),
      })
      .optional()
      .openapi({ description: "In the end." }),
    error: z
      .object({ code: z.string(), message: z.string(), next: z.string().optional() })
      .optional()
      .openapi({ description: "In the end, instead: what kept the rest from being taken in." }),
  })
  .openapi("CaseTold");

type Told = z.infer<typeof toldSchema>;

const takeRoute = createRoute({
  method: "post",
  path: "/cases",
  description:
    "Takes in a case that was handed out as a ZIP. multipart/form-data: `file`; before it, if wanted, `from` and `caseName` in place of what the ZIP says. Answered line by line while it goes on; who goes away stops it, and what is sealed by then stays.",
  responses: {
    200: { content: { "application/x-ndjson": { schema: toldSchema } }, description: "A line for each step." },
    ...PROBLEMS,
  },
});

export function caseRoutes({ house }: Parts) {
  const places = placesFor(1, {
    message: say("case_busy"),
    next: say("wait_done"),
  });
  return new OpenAPIHono<Env>().openapi(takeRoute, async (c) => {
    const { id, actor } = c.get("member");
    await using stack = new AsyncDisposableStack();
    stack.use(places.take(id));
    const { file, fields } = await readForm(c.req.raw, (chunks) => house.record().takeUpload(chunks));
    stack.use(file);
    const [from, caseName] = [fields.get("from")?.trim(), fields.get("caseName")?.trim()];
    const options = { actor, ...(from ? { from } : {}), ...(caseName ? { caseName } : {}) };
    const taking = stack.move();
    const body = linesOf(async (tell, signal) => {
      await using _ = taking;
      const onProgress = (done: number, total: number): void => tell({ done, total });
      const taken = await house.captures.receiveCase(file.path, options, { signal, onProgress });
      tell({ taken });
      house.news.tell({ kind: "look" });
    });
    return c.body(body, 200, { "Content-Type": "application/x-ndjson" }) as never;
  });
}

/** A line of JSON for each thing told; the last says what went wrong, where something did. The signal is given when nobody listens any more. */
function linesOf(work: (tell: (told: Told) => void, signal: AbortSignal) => Promise<void>): ReadableStream<Uint8Array> {
  const gone = new AbortController();
  return new ReadableStream({
    start: async (controller) => {
      const tell = (told: Told): void => {
        if (!gone.signal.aborted) controller.enqueue(utf8(`${JSON.stringify(told)}\n`));
      };
      await work(tell, gone.signal).catch((error: unknown) => tell(problemOf(error)));
      if (!gone.signal.aborted) controller.close();
    },
    cancel: () => gone.abort(),
  });
}
