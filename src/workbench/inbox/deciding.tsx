/** Not taking something, with a reason; taking it up again; erasing it. */
import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { onFilled } from "../form.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";
import { inboxQuery, type Sent, useDoing } from "./queries.ts";

export function Deciding({ sent }: { readonly sent: Sent }) {
  const { inbox } = useWords();
  const [doing, setDoing] = useState<"decline" | "erase">();
  const stop = (): void => setDoing(undefined);
  const reopening = useDoing(() => answer(api.inbox[":ref"].reopen.$post({ param: { ref: sent.ref } })));
  const reason = sent.reason === undefined ? inbox.declinedSilently : fill(inbox.declined, { reason: sent.reason });
  if (doing === "decline") return <Decline sentRef={sent.ref} onEnd={stop} />;
  if (doing === "erase") return <Erase sentRef={sent.ref} onEnd={stop} />;
  return (
    <div className="stack deciding">
      {sent.state === "declined" ? <p dir="auto">{reason}</p> : null}
      <Trouble error={reopening.error} />
      <div className="row">
        {sent.state === "waiting" ? (
          <Button variant="default" onClick={() => setDoing("decline")}>
            {inbox.decline}
          </Button>
        ) : null}
        {sent.state === "declined" ? (
          <Button variant="default" onClick={() => reopening.mutate(undefined)}>
            {inbox.reopen}
          </Button>
        ) : null}
        <Button variant="default" onClick={() => setDoing("erase")}>
          {inbox.erase}
        </Button>
      </div>
    </div>
  );
}

interface Asking {
  readonly sentRef: string;
  readonly onEnd: () => void;
}

const OTHER = "other";

function Decline({ sentRef: ref, onEnd }: Asking) {
  const { inbox } = useWords();
  const { data } = useQuery(inboxQuery);
  const [chosen, setChosen] = useState("");
  const declining = useDoing(
    (reason: string) => answer(api.inbox[":ref"].decline.$post({ param: { ref }, json: { reason } })),
    onEnd,
  );
  const own = data?.reasons ?? [];
  const options = [
    { value: "", label: inbox.noReason },
    ...(own.length > 0 ? own : Object.values(inbox.reasons)).map((text) => ({ value: text, label: text })),
    { value: OTHER, label: inbox.otherReason },
  ];
  return (
    <form
      className="stack deciding"
      onSubmit={onFilled((filled) => declining.mutate(chosen === OTHER ? filled("reason") : chosen))}
    >
      <NativeSelect
        label={inbox.declineTitle}
        description={inbox.declineWhat}
        data={options}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {chosen === OTHER ? (
        <Textarea name="reason" required maxLength={500} autosize minRows={2} label={inbox.otherReason} dir="auto" />
      ) : null}
      <Trouble error={declining.error} />
      <div className="row">
        <Button type="submit" disabled={declining.isPending}>
          {inbox.declineYes}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {inbox.keep}
        </Button>
      </div>
    </form>
  );
}

function Erase({ sentRef: ref, onEnd }: Asking) {
  const { inbox } = useWords();
  const erasing = useDoing(() => answer(api.inbox[":ref"].$delete({ param: { ref } })));
  return (
    <div className="stack deciding">
      <p>{inbox.eraseWhat}</p>
      <Trouble error={erasing.error} />
      <div className="row">
        <Button disabled={erasing.isPending} onClick={() => erasing.mutate(undefined)}>
          {inbox.eraseYes}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {inbox.keep}
        </Button>
      </div>
    </div>
  );
}
