/** What has been chosen in a list, and what can be done with it. */
import { useState } from "react";
import { LinkButton } from "../frame/link-button.tsx";
import { useLanguage } from "../language.tsx";
import { counted } from "../words/words.ts";

export function useChosen() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (id: string, on: boolean): void =>
    setChosen((all) => new Set(on ? [...all, id] : [...all].filter((one) => one !== id)));
  return { chosen, choose };
}

export function ChosenBar({ chosen }: { readonly chosen: ReadonlySet<string> }) {
  const { language, words } = useLanguage();
  if (chosen.size === 0) return null;
  return (
    <div className="sheet main row chosen-bar" role="status">
      <span>{counted(language, words.look.chosen, chosen.size)}</span>
      <LinkButton to="/show" search={{ ids: [...chosen] }}>
        {words.look.toPlacard}
      </LinkButton>
    </div>
  );
}
