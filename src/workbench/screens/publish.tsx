/** One exhibit's way to the public: the gates it passes, what holds it back, and what takes it back. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Chip } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useMoments } from "../frame/moment.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { Gates } from "../publish/gates.tsx";
import { type Publication, publicationQuery } from "../publish/queries.ts";
import { Corrections, Holds, Withdraw } from "../publish/taking-back.tsx";
import { fill, type Words } from "../words/words.ts";

const route = getRouteApi("/members/look/$id/public");

export function PublishScreen() {
  const { publish } = useWords();
  const moment = useMoments();
  const { id } = route.useParams();
  const { data: publication, error } = useQuery(publicationQuery(id));
  return (
    <Page title={publish.title} lead={publish.lead}>
      <Trouble error={error} />
      {publication === undefined ? null : (
        <div className="stack">
          <p role="status">
            <Chip tone={toneOf(publication)}>{stateOf(publication, publish.state, moment)}</Chip>
          </p>
          <Gates publication={publication} />
          <Holds publication={publication} />
          <Withdraw publication={publication} />
          <Corrections publication={publication} />
          <div>
            <LinkButton variant="default" to="/look/$id" params={{ id }}>
              {publish.back}
            </LinkButton>
          </div>
        </div>
      )}
    </Page>
  );
}

function toneOf({ isPublic, standing }: Publication): "holds" | "fails" | "plain" {
  if (isPublic) return "holds";
  return standing.withdrawn === undefined && standing.holds.length === 0 ? "plain" : "fails";
}

function stateOf(
  { isPublic, standing }: Publication,
  words: Words["publish"]["state"],
  moment: (at: string) => string,
): string {
  const { withdrawn, suspendedAt, publication, step } = standing;
  if (isPublic && publication !== undefined) return fill(words.published, { time: moment(publication.at) });
  if (withdrawn !== undefined) return fill(words.withdrawn, { time: moment(withdrawn.at) });
  if (suspendedAt !== undefined) return fill(words.suspended, { time: moment(suspendedAt) });
  return step === "published" ? words.approved : words[step];
}
