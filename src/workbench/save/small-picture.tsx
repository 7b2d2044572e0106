/** A small picture of what was sealed. It is neither drawn nor fetched before somebody asks for it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../language.tsx";
import { preferencesQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import "./small-picture.css";

export function SmallPicture({ id, of }: { readonly id: string; readonly of: string }) {
  const { evidence } = useWords();
  const { data: wanted } = useQuery(preferencesQuery);
  const [asked, setAsked] = useState<boolean>();
  const [isMissing, setMissing] = useState(false);
  // Until it is known what the member wants, it is covered.
  const isShown = asked ?? wanted?.blur === false;
  if (isMissing) return <span className="small-picture small quiet">{evidence.noPicture}</span>;
  return (
    <button
      type="button"
      className="small-picture"
      aria-label={fill(evidence.smallPicture, { link: of })}
      aria-pressed={isShown}
      data-grey={wanted?.grey !== false}
      onClick={() => setAsked(!isShown)}
    >
      {isShown ? (
        <img src={`/api/exhibits/${id}/thumbnail`} alt="" loading="lazy" onError={() => setMissing(true)} />
      ) : (
        <span aria-hidden="true" className="small-picture-cover">
          <span />
          <span />
        </span>
      )}
    </button>
  );
}
