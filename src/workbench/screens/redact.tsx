/** What of a post the public may see: proposed by the page and by machine, decided and sealed by a member. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useReducer, useState } from "react";
import { answer, api } from "../api.ts";
import { Posts } from "../care/covers.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { useMoments } from "../frame/moment.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { useActorNames } from "../look/actors.ts";
import { Fields, Preview, WithheldWords } from "../redact/fields.tsx";
import { Machine } from "../redact/machine.tsx";
import { PictureOf } from "../redact/picture.tsx";
import { PlaceList } from "../redact/place-list.tsx";
import { type Box, changed, type Place } from "../redact/places.ts";
import { type Redaction, redactionQuery } from "../redact/queries.ts";
import { RedactedProof } from "../redact/redacted-proof.tsx";
import { counted, fill } from "../words/words.ts";
import "../look/known.css";

const route = getRouteApi("/members/look/$id/redact");

export function RedactScreen() {
  const { redact } = useWords();
  const { id } = route.useParams();
  const { data: redaction, error } = useQuery({ ...redactionQuery(id), refetchOnWindowFocus: false });
  return (
    <Page title={redact.title} lead={redact.lead} width="wide">
      <Trouble error={error} />
      {redaction === undefined ? null : (
        <Posts value={[redaction.id]}>
          <Deciding key={redaction.id} redaction={redaction} />
        </Posts>
      )}
    </Page>
  );
}

/** What is covered now, and what the page proposes besides. */
function placesAtFirst({ picture, standing, proposals }: Redaction): readonly Place[] {
  if (picture === undefined) return [];
  const own = (standing?.boxes ?? []).reduce((all: readonly Place[], box) => changed(all, { do: "add", box }), []);
  return changed(own, { do: "propose", proposals, size: picture });
}

/** Who is named is left out, until somebody says otherwise. */
const NAMES = ["author", "handle"];

function Deciding({ redaction }: { readonly redaction: Redaction }) {
  const { redact } = useWords();
  const { id, picture, standing } = redaction;
  const [places, change] = useReducer(changed, redaction, placesAtFirst);
  const [withheld, setWithheld] = useState<ReadonlySet<string>>(
    () => new Set(standing?.fields ?? NAMES.filter((name) => redaction.fields.includes(name))),
  );
  const [typed, setTyped] = useState(() => (standing?.words ?? redaction.names).join("\n"));
  const words = typed.split("\n").filter((line) => line.trim() !== "");
  const fields = [...withheld].toSorted();
  const add = (box: Box): void => change({ do: "add", box });
  return (
    <div className="exhibit">
      <div>
        <div className="stack redact-stays">
          <Standing redaction={redaction} />
          {picture === undefined ? (
            <p>{redact.noPicture}</p>
          ) : (
            <PictureOf
              id={id}
              picture={picture}
              places={places}
              onDrawn={add}
              onAdd={() => add({ x: 0, y: 0, width: 2 * picture.tile, height: picture.tile })}
            />
          )}
        </div>
      </div>
      <div className="stack">
        {picture === undefined ? null : (
          <section className="stack" aria-labelledby="redact-places">
            <h2 id="redact-places">{redact.places}</h2>
            <Machine
              id={id}
              parts={picture.parts.length}
              words={words}
              onFound={(proposals) => change({ do: "propose", proposals, size: picture })}
            />
            <PlaceList picture={picture} places={places} onChange={change} />
          </section>
        )}
        <Fields fields={redaction.fields} withheld={withheld} onChange={setWithheld} />
        <WithheldWords value={typed} onChange={setTyped} />
        <Preview id={id} fields={fields} words={words} />
        <Seal id={id} places={places} fields={fields} words={words} />
      </div>
    </div>
  );
}

function Standing({ redaction: { id, standing } }: { readonly redaction: Redaction }) {
  const { redact } = useWords();
  const moment = useMoments();
  const nameOf = useActorNames();
  const by = standing === undefined ? {} : { time: moment(standing.at), actor: nameOf(standing.actor ?? "") };
  return (
    <div className="stack">
      <p>{standing === undefined ? redact.undecided : fill(redact.decided, by)}</p>
      <div className="row">
        <LinkButton to="/look/$id/public" params={{ id }} variant="default">
          {redact.back}
        </LinkButton>
        {standing === undefined ? null : <RedactedProof id={id} />}
      </div>
    </div>
  );
}

interface SealParts {
  readonly id: string;
  readonly places: readonly Place[];
  readonly fields: readonly string[];
  readonly words: readonly string[];
}

function Seal({ id, places, fields, words }: SealParts) {
  const { language, words: said } = useLanguage();
  const { redact } = said;
  const queries = useQueryClient();
  const boxes = places.filter(({ isCovered }) => isCovered).map(({ box }) => box);
  const sealing = useMutation({
    mutationFn: () =>
      answer(
        api.exhibits[":id"].redaction.$post({ param: { id }, json: { boxes, fields: [...fields], words: [...words] } }),
      ),
    onSuccess: () => queries.invalidateQueries(),
  });
  const shown = places.length - boxes.length;
  return (
    <div className="stack">
      <p className="small quiet">{redact.lookFirst}</p>
      {shown === 0 ? null : <p>{counted(language, redact.shown, shown)}</p>}
      <Trouble error={sealing.error} />
      <div>
        <Button disabled={sealing.isPending} onClick={() => sealing.mutate()}>
          {redact.seal}
        </Button>
      </div>
      <p role="status">{sealing.isPending ? redact.sealing : sealing.isSuccess ? redact.sealed : ""}</p>
      {sealing.isSuccess ? (
        <div>
          <RedactedProof id={id} />
        </div>
      ) : null}
    </div>
  );
}
