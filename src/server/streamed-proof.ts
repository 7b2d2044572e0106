/** A proof as an answer: its first piece is asked for before anything is answered, so that what cannot be handed out is an error, not half a file. */
import type { Context } from "hono";
import { INERT } from "./answer-file.ts";
import { streamOf } from "./stream-of.ts";

interface MadeProof {
  /** To save it under. */
  readonly name: string;
  readonly chunks: AsyncGenerator<Uint8Array>;
}

/** `place` is given back once all of it is sent, or nobody takes it any more. Throws what `make` does. */
export async function handOut(c: Context, place: Disposable, make: () => Promise<MadeProof>): Promise<never> {
  try {
    const { name, chunks } = await make();
    const first = await chunks.next();
    const body = streamOf(piecesFrom(first, chunks), async () => {
      place[Symbol.dispose]();
      await chunks.return(undefined);
    });
    c.header("Content-Type", "application/zip");
    c.header("Content-Disposition", `attachment; filename="${name}"`);
    c.header("Content-Security-Policy", INERT);
    return c.body(body) as never;
  } catch (error) {
    place[Symbol.dispose]();
    throw error;
  }
}

/** Copies: whoever sends a piece may still hold it when the next is asked for. */
async function* piecesFrom(
  first: IteratorResult<Uint8Array>,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (!first.done) yield new Uint8Array(first.value);
  for await (const piece of rest) yield new Uint8Array(piece);
}
