/** Files that are to be handed in, and what came of those that were. */
import { Button } from "@mantine/core";
import { Chip } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { counted } from "../words/words.ts";
import type { Chosen, TakenIn } from "./files.ts";

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
  const { language, words } = useLanguage();
  const { save } = words;
  if (taken.length === 0) return null;
  return (
    <ul className="taken" aria-label={save.handedIn}>
      {taken.map(({ key, name, exhibit, links = 0 }) => (
        <li key={key} className="row taken-row">
          <bdi>{name}</bdi>
          {exhibit === undefined ? (
            <Chip tone="plain">{counted(language, save.linksInIt, links)}</Chip>
          ) : (
            <div className="row">
              <Chip tone="holds">{save.state.sealed}</Chip>
              <LinkButton to="/look/$id" params={{ id: exhibit }} variant="subtle" size="sm">
                {save.look}
              </LinkButton>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
