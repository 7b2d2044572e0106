/** Files that are to be handed in, and what came of those that were. */
import { Button } from "@mantine/core";
import { Posts } from "../care/covers.ts";
import { Chip } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { Reading } from "../look/reading.tsx";
import { counted } from "../words/words.ts";
import type { Chosen, TakenIn } from "./files.ts";
import { SmallPicture } from "./small-picture.tsx";

interface ChosenFilesParts {
  readonly chosen: readonly Chosen[];
  readonly leaveOut: (key: string) => void;
  readonly isSending: boolean;
}

export function ChosenFiles({ chosen, leaveOut, isSending }: ChosenFilesParts) {
  const { language, words } = useLanguage();
  const { device, save } = words;
  return (
    <ul className="taken" aria-label={counted(language, save.waitingFiles, chosen.length)}>
      {chosen.map(({ key, file, error, hasNoRoom }) => (
        <li key={key}>
          <div className="row taken-row">
            <bdi>{file.name}</bdi>
            <Button variant="subtle" size="sm" disabled={isSending} onClick={() => leaveOut(key)}>
              {save.forget}
            </Button>
          </div>
          <Trouble error={error} />
          {hasNoRoom === true ? <p>{device.noRoom}</p> : null}
        </li>
      ))}
    </ul>
  );
}

export function TakenFiles({ taken }: { readonly taken: readonly TakenIn[] }) {
  const { save } = useWords();
  if (taken.length === 0) return null;
  return (
    <ul className="taken" aria-label={save.handedIn}>
      {taken.map((one) => (
        <Taken key={one.key} taken={one} />
      ))}
    </ul>
  );
}

function Taken({ taken: { name, exhibit, links = 0, isPicture } }: { readonly taken: TakenIn }) {
  const { language, words } = useLanguage();
  const { save } = words;
  if (exhibit === undefined)
    return (
      <li className="row taken-row">
        <bdi>{name}</bdi>
        <Chip tone="plain">{counted(language, save.linksInIt, links)}</Chip>
      </li>
    );
  return (
    <li>
      <div className="row taken-row">
        <div className="row">
          {isPicture ? <SmallPicture id={exhibit} of={name} /> : null}
          <bdi>{name}</bdi>
        </div>
        <div className="row">
          <Chip tone="holds">{save.state.sealed}</Chip>
          <LinkButton to="/look/$id" params={{ id: exhibit }} variant="subtle" size="sm">
            {save.look}
          </LinkButton>
        </div>
      </div>
      {isPicture ? (
        // The list tells itself to who listens; what others wrote in a picture is read out when it is gone to.
        <div aria-live="off" className="taken-text">
          <Posts value={[exhibit]}>
            <Reading id={exhibit} file="picture" isListedHere />
          </Posts>
        </div>
      ) : null}
    </li>
  );
}
