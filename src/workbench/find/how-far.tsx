/** How far it is with many, and which of them it was not done with, each by itself. */
import { Button } from "@mantine/core";
import { Spoken } from "../frame/spoken.tsx";
import { useLanguage } from "../language.tsx";
import { counted, fill } from "../words/words.ts";
import type { Progress } from "./in-parts.ts";

interface HowFarParts {
  readonly progress: Progress | undefined;
  readonly stop: () => void;
  readonly close: () => void;
}

export function HowFar({ progress, stop, close }: HowFarParts) {
  const { language, words } = useLanguage();
  const { many } = words.find;
  if (progress === undefined) return null;
  const { deed, count, done, failed, state } = progress;
  const said =
    state === "working"
      ? fill(many.working, { done, count })
      : state === "stopped"
        ? fill(many.stopped, { done, count })
        : failed.length > 0
          ? fill(deed === "again" ? many.againSome : many.some, { done, count })
          : counted(language, deed === "again" ? many.againAsked : many.done, count);
  return (
    <>
      <p role="status">{said}</p>
      {failed.length === 0 ? null : (
        <ul className="stack">
          {failed.map(({ id, reason, told }) => (
            <li key={id}>
              <bdi dir="ltr">{id}</bdi>: <Spoken english={reason} told={told} />
            </li>
          ))}
        </ul>
      )}
      <div>
        {state === "working" ? (
          <Button variant="default" onClick={stop}>
            {many.stop}
          </Button>
        ) : (
          <Button variant="default" onClick={close}>
            {many.close}
          </Button>
        )}
      </div>
    </>
  );
}
