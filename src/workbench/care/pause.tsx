/** When many posts were uncovered: a break is suggested, once, and nothing is kept from anybody. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useLanguage } from "../language.tsx";
import { preferencesQuery } from "../queries.ts";
import { counted } from "../words/words.ts";
import { coverAll } from "./covers.ts";
import { answerBreak, useBreakDue, useExposure } from "./exposure.ts";
import "./pause.css";

export function Pause({ actor }: { readonly actor: string }) {
  const { language, words } = useLanguage();
  const { care } = words;
  const navigate = useNavigate();
  const { data: wanted } = useQuery(preferencesQuery);
  const isDue = useBreakDue(actor, wanted?.breakAfter ?? 0);
  const count = useExposure(actor);
  const rest = (): void => {
    coverAll();
    answerBreak(actor);
    void navigate({ to: "/" });
  };
  return (
    <div role="status" className="pause">
      {isDue ? (
        <div className="sheet main stack">
          <p>
            <strong>{counted(language, care.today, count)}</strong> {care.suggestion}
          </p>
          <div className="row">
            <Button size="sm" onClick={rest}>
              {care.rest}
            </Button>
            <Button size="sm" variant="default" onClick={() => answerBreak(actor)}>
              {care.goOn}
            </Button>
          </div>
          <p className="small quiet">{care.private}</p>
        </div>
      ) : null}
    </div>
  );
}
