/** The links that were sent: as text, never to be pressed; chosen, and saved as one's own. */
import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { answer, api } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { type Sent, useDoing } from "./queries.ts";
import { Standing } from "./standing.tsx";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";

interface Taking {
  readonly sent: Sent;
  readonly caseName: string;
  /** Whether it is not settled otherwise. */
  readonly canTake: boolean;
}

export function Links({ sent: { ref, parts }, caseName, canTake }: Taking) {
  const { inbox } = useWords();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const links = parts.filter(({ kind }) => kind === "link");
  const open = canTake ? links.filter(({ standing, url }) => standing === "waiting" && url !== undefined) : [];
  const places = open.flatMap(({ n }) => (left.has(n) ? [] : [n]));
  const saving = useDoing(() => {
    const json = { places, ...(caseName.trim() === "" ? {} : { caseName }) };
    return answer(api.inbox[":ref"].save.$post({ param: { ref }, json }));
  });
  const choose = (n: number): void => {
    const now = new Set(left);
    if (!now.delete(n)) now.add(n);
    setLeft(now);
  };
  if (links.length === 0) return null;
  return (
    <section className="stack" aria-label={inbox.linksTitle}>
      <div>
        <h4>{inbox.linksTitle}</h4>
        {open.length === 0 ? null : <p className="quiet small">{inbox.linksWhy}</p>}
      </div>
      <ul className="sent-parts">
        {links.map((part) => (
          <li key={part.n}>
            {open.includes(part) ? (
              <Checkbox
                checked={!left.has(part.n)}
                onChange={() => choose(part.n)}
                label={
                  <bdi dir="ltr" className="sent-link">
                    {part.url}
                  </bdi>
                }
              />
            ) : (
              <>
                <bdi dir="ltr" className="sent-link">
                  {part.url ?? ""}
                </bdi>
                <Standing part={part} />
              </>
            )}
          </li>
        ))}
      </ul>
      <Trouble error={saving.error} />
      {open.length === 0 ? null : (
        <div>
          <Button disabled={places.length === 0 || saving.isPending} onClick={() => saving.mutate(undefined)}>
            {inbox.save}
          </Button>
        </div>
      )}
      <p role="status">{saving.isSuccess && links.some(({ standing }) => standing === "saving") ? inbox.saved : ""}</p>
    </section>
  );
}
