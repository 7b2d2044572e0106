/** A small picture of what was sealed. It is neither drawn nor fetched before somebody asks for it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Posts, useCover } from "../care/covers.ts";
import { useWords } from "../language.tsx";
import { preferencesQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import "./small-picture.css";

interface Pictured {
  readonly id: string;
  /** The link, in words for who does not see it. */
  readonly of: string;
}

export function SmallPicture(pictured: Pictured) {
  return (
    <Posts value={[pictured.id]}>
      <Covered {...pictured} />
    </Posts>
  );
}

function Covered({ id, of }: Pictured) {
  const { evidence } = useWords();
  const { data: wanted } = useQuery(preferencesQuery);
  const { isShown, show, cover } = useCover();
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return <span className="small-picture small quiet">{evidence.noPicture}</span>;
  return (
    <button
      type="button"
      className="small-picture"
      aria-label={fill(evidence.smallPicture, { link: of })}
      aria-pressed={isShown}
      data-grey={wanted?.grey !== false}
      onClick={isShown ? cover : show}
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
