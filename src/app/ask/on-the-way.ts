/** What a member says became of a letter: only what can be, by how it went. */
import type { ActOf } from "../../ask/acts.ts";
import type { Letter } from "../../ask/letters.ts";
import type { Outbox } from "../../ask/sending/outbox.ts";
import { PlacardError } from "../../lib/error.ts";
import type { RecordContext } from "../context.ts";
import { say } from "../said.ts";
import { sealStates } from "./post.ts";
import { note, readQuestion } from "./questions.ts";
import { withOutbox } from "./with-outbox.ts";

type State = ActOf<"carried">["state"];

/** What may be said of a letter now. Of an e-mail only where nobody but a person can tell: the server's word is not gainsaid. */
export function sayable({ act: { channel }, fate }: Pick<Letter, "act" | "fate">): readonly State[] {
  if (channel === "email") {
    if (fate === "agreed") return ["cancelled"];
    return fate === "unclear" ? ["accepted", "cancelled"] : [];
  }
  if (fate === "agreed") return [OUT[channel], "cancelled"];
  return channel === "post" && fate === "sent" ? ["delivered", "bounced"] : [];
}

const OUT = { post: "posted", handed: "handed", public: "published" } as const;

/** Throws `not_found`, `conflict`. */
export async function noteCarried(context: RecordContext, told: ActOf<"carried">): Promise<void> {
  const { question } = await readQuestion(context, told.of);
  const letter = question.letters.find(({ id }) => id === told.letter);
  if (letter === undefined) throw new PlacardError("not_found", say("ask_unfounded"));
  if (!sayable(letter).includes(told.state))
    throw new PlacardError("conflict", say("letter_not_so"), { next: say("look_then_say") });
  const { messageId } = letter.act;
  if (messageId === undefined || !(await withOutbox(context, (outbox) => settled(context, outbox, messageId, told))))
    await note(context, told);
}

/** The outbox hears of it first, so that it sends nothing of what is said not to have gone; false where it knows nothing of the letter. */
async function settled(
  context: RecordContext,
  outbox: Outbox,
  messageId: string,
  { state }: ActOf<"carried">,
): Promise<boolean> {
  if (!outbox.list().some((one) => one.messageId === messageId)) return false;
  if (state !== "accepted" && state !== "cancelled") return false;
  outbox.resolve(messageId, state, context.clock.now());
  await sealStates(context, outbox);
  return true;
}
