/** The screenshots that were sent: each covered by itself, shown as a drawing of it, and sealed as received. */
import { Button, TextInput } from "@mantine/core";
import { answer, api } from "../api.ts";
import { onFilled } from "../form.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { Cover } from "../look/cover.tsx";
import { fill } from "../words/words.ts";
import { type Part, type Sent, useDoing } from "./queries.ts";
import { Standing } from "./standing.tsx";

interface Taking {
  readonly sent: Sent;
  readonly caseName: string;
  readonly canTake: boolean;
}

export function Pictures({ sent, caseName, canTake }: Taking) {
  const { inbox } = useWords();
  const pictures = sent.parts.filter(({ kind }) => kind === "picture");
  if (pictures.length === 0) return null;
  return (
    <section className="stack" aria-label={inbox.picturesTitle}>
      <div>
        <h4>{inbox.picturesTitle}</h4>
        <p className="quiet small">{inbox.pictureWhy}</p>
      </div>
      {pictures.map((part, i) => (
        <div key={part.n} className="stack">
          <h5>{fill(inbox.picture, { n: i + 1 })}</h5>
          {part.standing === "waiting" ? (
            <Cover>{() => <img src={`/api/inbox/${sent.ref}/pictures/${part.n}`} alt={inbox.pictureAlt} />}</Cover>
          ) : (
            <Standing part={part} />
          )}
          {part.standing === "waiting" && canTake ? (
            <TakeIn sentRef={sent.ref} part={part} caseName={caseName} />
          ) : null}
        </div>
      ))}
    </section>
  );
}

interface TakeInParts {
  readonly sentRef: string;
  readonly part: Part;
  readonly caseName: string;
}

function TakeIn({ sentRef: ref, part: { n }, caseName }: TakeInParts) {
  const { inbox } = useWords();
  const taking = useDoing((from: string) => {
    const json = { from, ...(caseName.trim() === "" ? {} : { caseName }) };
    return answer(api.inbox[":ref"].pictures[":n"].import.$post({ param: { ref, n: String(n) }, json }));
  });
  return (
    <form className="stack" onSubmit={onFilled((filled) => taking.mutate(filled("from")))}>
      <TextInput
        name="from"
        required
        maxLength={200}
        defaultValue={inbox.fromDefault}
        label={inbox.from}
        description={inbox.fromHint}
      />
      <Trouble error={taking.error} />
      <div>
        <Button type="submit" variant="default" disabled={taking.isPending}>
          {inbox.import}
        </Button>
      </div>
      <p role="status">{taking.isPending ? inbox.importing : ""}</p>
    </form>
  );
}
