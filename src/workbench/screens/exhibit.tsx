/** One exhibit: the post, covered until asked for; what is known of it; and what can be done with it. */
import { Button, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Posts } from "../care/covers.ts";
import { ShowTitles, useTitleOf } from "../care/titles.tsx";
import { TagsOf } from "../find/tags-of.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useMoments } from "../frame/moment.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { Again } from "../look/again.tsx";
import { Changes, FoundAgain } from "../look/changes.tsx";
import { Erase } from "../look/erase.tsx";
import { Alike, Happened, Known } from "../look/known.tsx";
import { Made } from "../look/made.tsx";
import { Media } from "../look/media.tsx";
import { Post, Replay, WholePage } from "../look/post.tsx";
import { exhibitQuery, tabSearchOf, type View } from "../look/queries.ts";
import { Reading } from "../look/reading.tsx";
import { VerdictBox } from "../look/verdict.tsx";
import { useMay } from "../may.ts";
import { fill } from "../words/words.ts";
import "@mantine/core/styles/Tabs.css";

const route = getRouteApi("/members/look/$id");

export function ExhibitScreen() {
  const { look } = useWords();
  const { id } = route.useParams();
  const titleOf = useTitleOf();
  const { data: view, error } = useQuery(exhibitQuery(id));
  if (view === undefined) {
    return (
      <Page title={look.title}>
        <Trouble error={error} />
      </Page>
    );
  }
  const { exhibit } = view;
  const { title } = exhibit;
  const over = exhibit.caseName === null ? {} : { over: <bdi>{exhibit.caseName}</bdi> };
  const isErased = exhibit.state === "erased";
  return (
    // Anew for each: what was uncovered of one exhibit, or is replayed of it, is not another's.
    <Page key={exhibit.id} title={isErased ? look.erasedTitle : titleOf(title, look.untitled)} width="wide" {...over}>
      <Posts value={[exhibit.id]}>
        <div className="exhibit">
          <div className="stack">
            {exhibit.recaptureOf === null ? null : <FoundAgain of={exhibit.recaptureOf} />}
            {isErased ? null : <ShowTitles />}
            {isErased ? <Erased view={view} /> : <Whole view={view} />}
            {isErased ? null : <Doing view={view} />}
            <Alike view={view} />
          </div>
          <div className="stack">
            <VerdictBox view={view} />
            <TagsOf view={view} />
            <Known view={view} />
            <Happened view={view} />
            <Made view={view} />
          </div>
        </div>
      </Posts>
    </Page>
  );
}

function Whole({ view }: { readonly view: View }) {
  const { tabs } = useWords().look;
  // The router hands on what it does not know, too.
  const { tab = "post" } = tabSearchOf(route.useSearch());
  const navigate = route.useNavigate();
  const open = (chosen: string | null): void =>
    void navigate({ search: tabSearchOf({ tab: chosen }), resetScroll: false });
  return (
    <Tabs value={tab} onChange={open} keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="post">{tabs.post}</Tabs.Tab>
        <Tabs.Tab value="page">{tabs.page}</Tabs.Tab>
        <Tabs.Tab value="replay">{tabs.replay}</Tabs.Tab>
        <Tabs.Tab value="changes">{tabs.changes}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="post" pt="md">
        <div className="stack">
          <Post view={view} />
          {isPictureHandedIn(view) ? <Reading id={view.exhibit.id} file="picture" /> : null}
          <Media view={view} />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="page" pt="md">
        <WholePage view={view} />
      </Tabs.Panel>
      <Tabs.Panel value="replay" pt="md">
        <Replay view={view} />
      </Tabs.Panel>
      <Tabs.Panel value="changes" pt="md">
        <Changes view={view} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Of a page that was recorded, the words are known. */
const isPictureHandedIn = ({ exhibit, files }: View): boolean =>
  exhibit.kind === "received" && files.some(({ name }) => name === "picture");

function Erased({ view }: { readonly view: View }) {
  const { look } = useWords();
  const moment = useMoments();
  const { erasedAt, reason } = view.exhibit;
  return <p>{fill(look.erasedBecause, { time: erasedAt === null ? "" : moment(erasedAt), reason: reason ?? "" })}</p>;
}

function Doing({ view }: { readonly view: View }) {
  const { look, publish } = useWords();
  const may = useMay();
  const { id } = view.exhibit;
  return (
    <div className="stack">
      <div className="row">
        {may("POST /api/placards") ? (
          <LinkButton to="/show" search={{ ids: [id] }}>
            {look.placard}
          </LinkButton>
        ) : null}
        <Button component="a" variant="default" href={`/api/exhibits/${id}/proof`} download={`${id}.placard`}>
          {look.proof}
        </Button>
        {may("GET /api/exhibits/:id/publication") && !view.exhibit.sample ? (
          <LinkButton to="/look/$id/public" params={{ id }}>
            {publish.open}
          </LinkButton>
        ) : null}
        <Erase id={id} />
      </div>
      <p className="small quiet">{look.proofWhat}</p>
      <Again view={view} />
    </div>
  );
}
