import { type Outbox, openOutbox } from "../../ask/sending/outbox.ts";
import type { RecordContext } from "../context.ts";

/** The record's outbox, made when first needed and closed after each work: several processes may use it. */
export async function withOutbox<T>({ folder }: RecordContext, work: (outbox: Outbox) => Promise<T>): Promise<T> {
  const outbox = await openOutbox(folder.outbox);
  try {
    return await work(outbox);
  } finally {
    outbox.close();
  }
}
