/** What became of a post since it was saved: each time it was looked at again, what was found, and what had changed. */
import { Link } from "@tanstack/react-router";
import type { DiffPiece } from "../../lib/word-diff.ts";
import { useMoments } from "../frame/moment.ts";
import { useLanguage, useWords } from "../language.tsx";
import { saidIn } from "../words/said.ts";
import { counted } from "../words/words.ts";
import { type Changed, changesIn } from "./changed.ts";
import { Cover } from "./cover.tsx";
import { Own } from "./known.tsx";
import { OtherChanges, TIMES } from "./other-changes.tsx";
import { Planned } from "./planned.tsx";
import { STANDINGS, type View } from "./queries.ts";
import "./changes.css";

type Recaptured = View["recaptures"][number];

export function Changes({ view }: { readonly view: View }) {
  const { look } = useWords();
  if (view.exhibit.recaptureOf !== null) return <FoundAgain of={view.exhibit.recaptureOf} />;
  return (
    <div className="stack">
      {view.recaptures.length === 0 ? <p className="quiet">{look.noChanges}</p> : null}
      <ol className="steps">
        {view.recaptures.map((one) => (
          <One key={one.id} one={one} />
        ))}
      </ol>
      <Planned view={view} />
    </div>
  );
}

/** Of what was found when a post was looked at again: it is no post by itself, and which it belongs to. */
export function FoundAgain({ of }: { readonly of: string }) {
  const { changes } = useWords().look;
  return (
    <p>
      {changes.foundAgain}{" "}
      <Link className="to-other" to="/look/$id" params={{ id: of }} search={{ tab: "changes" }}>
        {changes.first}
      </Link>
    </p>
  );
}

function One({ one }: { readonly one: Recaptured }) {
  const { id, at, state, result, changes, reason, told } = one;
  const reader = useLanguage();
  const { look } = reader.words;
  const moment = useMoments();
  const standing = STANDINGS.find((known) => known === result);
  const isErased = state === "erased";
  const changed = changesIn(changes).filter(({ name }) => !TIMES.some((time) => time === name));
  return (
    <li className="change">
      <strong>
        {isErased ? look.states.erased : standing === undefined ? (result ?? "") : look.standings[standing]}
      </strong>
      <span className="small quiet">{moment(at)}</span>
      {reason === null ? null : (
        <span>{isErased ? <bdi>{reason}</bdi> : <Own said={saidIn(reader, reason, told)} />}</span>
      )}
      {changed.length === 0 ? null : <WhatChanged changed={changed} />}
      <OtherChanges recapture={one} />
      {isErased ? null : (
        <Link className="to-other" to="/look/$id" params={{ id }}>
          {look.changes.look}
        </Link>
      )}
    </li>
  );
}

/** That something changed is told at once; what it says is covered as the post is. */
function WhatChanged({ changed }: { readonly changed: readonly Changed[] }) {
  const { changes } = useWords().look;
  return (
    <>
      <ul className="changed-what">
        {changed.map(({ name }) => (
          <li key={name}>
            <Named name={name} />
          </li>
        ))}
      </ul>
      <Cover>
        {() => (
          <>
            <p className="small quiet">{changes.marks}</p>
            {changed.map((one) => (
              <Told key={one.name} changed={one} />
            ))}
          </>
        )}
      </Cover>
    </>
  );
}

function Named({ name }: { readonly name: string }) {
  const names: Readonly<Record<string, string>> = useWords().look.changes.of;
  const known = Object.hasOwn(names, name) ? names[name] : undefined;
  if (known !== undefined) return known;
  return (
    <bdi lang="en" dir="ltr">
      {name}
    </bdi>
  );
}

function Told({ changed: { name, pieces, lines, isCut } }: { readonly changed: Changed }) {
  const { language, words } = useLanguage();
  const { changes } = words.look;
  return (
    <div className="stack">
      <strong>
        <Named name={name} />
      </strong>
      {lines === undefined ? (
        <p className="said" dir="auto">
          <Pieces pieces={pieces} />
        </p>
      ) : (
        <div className="said">
          {pieces.map((piece, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines may be the same, and stand where they stand
            <p key={place} dir="auto">
              <Pieces pieces={[piece]} />
            </p>
          ))}
        </div>
      )}
      {lines === undefined || lines.untold === 0 ? null : (
        <p className="small quiet">{counted(language, changes.untold, lines.untold)}</p>
      )}
      {isCut ? <p className="small quiet">{changes.cut}</p> : null}
    </div>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly DiffPiece[] }) {
  // Pieces stand where they stand: their place is what tells them apart.
  return pieces.map(({ text, is }, place) => {
    const key = `${place} ${is}`;
    if (is === "gone") return <del key={key}>{text}</del>;
    return is === "new" ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>;
  });
}
