/** A placard: what is on it, the very page that prints, and the file for the printer. */
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue, useElementSize } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { answer, api } from "../api.ts";
import { Posts } from "../care/covers.ts";
import { useTitleOf } from "../care/titles.tsx";
import { Chip } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { Cover } from "../look/cover.tsx";
import { exhibitQuery } from "../look/queries.ts";
import { useMay } from "../may.ts";
import { draftOf, keepDraft } from "../offline/drafts.ts";
import { publicationQuery } from "../publish/queries.ts";
import { meQuery } from "../queries.ts";
import { SIZES, showSearchOf, type Wanted, wantedAt } from "../show/address.ts";
import { PAPER, printPlacards } from "../show/placards.ts";
import { useTyped } from "../typed.ts";
import { isLanguage, LANGUAGES } from "../words/words.ts";
import "../style/fields.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Checkbox.css";
import "../show/show.css";

const route = getRouteApi("/members/show");
/** Of CSS. */
const PIXELS_AN_INCH = 96;
const MM_AN_INCH = 25.4;
/** Milliseconds after the last change: each preview is a page that the server sets. */
const SETTLED = 400;

export function ShowScreen() {
  const { language: spoken, words } = useLanguage();
  const { show, shell } = words;
  const may = useMay();
  const navigate = route.useNavigate();
  const { ids, headline: inAddress, ...rest } = wantedAt(showSearchOf(route.useSearch()), spoken);
  const { data: me } = useQuery(meQuery);
  const draft = `placard ${ids.join(" ")}`;
  const choose = (change: Partial<Wanted>, replace = false): void =>
    void navigate({
      search: (now) => showSearchOf({ language: rest.language, ...now, ...change }),
      replace,
      resetScroll: false,
    });
  const begun = inAddress === "" ? draftOf(me?.actor, draft)["headline"] : inAddress;
  const [headline, setHeadline] = useTyped(inAddress, (typed) => choose({ headline: typed }, true), begun);
  const type = (typed: string): void => {
    setHeadline(typed);
    if (me !== undefined) keepDraft(me.actor, draft, { headline: typed });
  };
  const queries = useQueryClient();
  const printing = useMutation({
    mutationFn: printPlacards,
    // On the page of each it is told which placards were made of it.
    onSuccess: (_, { ids: printed }) => {
      if (me !== undefined) keepDraft(me.actor, draft, {});
      return void Promise.all(printed.map((id) => queries.invalidateQueries({ queryKey: exhibitQuery(id).queryKey })));
    },
  });
  if (!may("POST /api/placards")) return <Page title={show.title} lead={shell.wrong.codes.role} />;
  if (ids.length === 0) {
    return (
      <Page title={show.title} lead={show.lead}>
        <p>{show.none}</p>
        <div>
          <LinkButton to="/look">{show.toList}</LinkButton>
        </div>
      </Page>
    );
  }
  const wanted = { ids, headline, ...rest };
  return (
    <Page title={show.title} lead={show.lead} width="wide">
      <div className="placard-maker">
        <div className="stack">
          <Which ids={ids} without={(id) => choose({ ids: ids.filter((one) => one !== id) }, true)} />
          <Choices choice={wanted} choose={choose} type={type} />
          <Trouble error={printing.error} />
          <div className="row">
            <Button disabled={printing.isPending} onClick={() => printing.mutate(wanted)}>
              {show.print}
            </Button>
          </div>
          <p role="status" className="small quiet">
            {printing.isPending ? show.printing : printing.isSuccess ? show.done : show.printWhat}
          </p>
        </div>
        <Posts value={ids}>
          <Cover>{() => <Preview wanted={wanted} />}</Cover>
        </Posts>
      </div>
    </Page>
  );
}

interface WhichParts {
  readonly ids: readonly string[];
  readonly without: (id: string) => void;
}

function Which({ ids, without }: WhichParts) {
  const { show } = useWords();
  return (
    <section className="stack" aria-labelledby="which">
      <h2 id="which">{show.which}</h2>
      <ul className="which">
        {ids.map((id) => (
          <li key={id} className="row">
            <Named id={id} />
            <Button variant="subtle" size="sm" onClick={() => without(id)}>
              {show.remove}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Named({ id }: { readonly id: string }) {
  const { look, sample } = useWords();
  const titleOf = useTitleOf();
  const { data } = useQuery(exhibitQuery(id));
  return (
    <>
      <Link to="/look/$id" params={{ id }} dir="auto">
        {data === undefined ? id : titleOf(data.exhibit.title, look.untitled)}
      </Link>
      {data?.exhibit.sample === true ? <Chip tone="working">{sample.chip}</Chip> : <Draft id={id} />}
    </>
  );
}

/** Why "Draft" stands on its placard, and where that is mended. */
function Draft({ id }: { readonly id: string }) {
  const { show } = useWords();
  const { data } = useQuery(publicationQuery(id));
  if (data === undefined || data.isAgreed) return null;
  return (
    <LinkButton variant="subtle" size="sm" to="/look/$id/public" params={{ id }}>
      {show.draft}
    </LinkButton>
  );
}

interface ChoiceParts {
  readonly choice: Wanted;
  readonly choose: (change: Partial<Wanted>) => void;
  readonly type: (headline: string) => void;
}

function Choices({ choice, choose, type }: ChoiceParts) {
  const { show } = useWords();
  return (
    <>
      <TextInput
        label={show.headline}
        description={show.headlineHint}
        value={choice.headline}
        maxLength={200}
        dir="auto"
        onChange={(event) => type(event.currentTarget.value)}
      />
      <NativeSelect
        label={show.size}
        data={[...SIZES]}
        value={choice.size}
        onChange={(event) => choose({ size: SIZES.find((one) => one === event.currentTarget.value) ?? "A3" })}
      />
      <NativeSelect
        label={show.language}
        description={show.languageHint}
        data={Object.entries(LANGUAGES).map(([value, { own }]) => ({ value, label: own }))}
        value={choice.language}
        onChange={({ currentTarget: { value } }) => {
          if (isLanguage(value)) choose({ language: value });
        }}
      />
      <Checkbox
        label={show.picture}
        checked={choice.picture}
        onChange={(event) => choose({ picture: event.currentTarget.checked })}
      />
    </>
  );
}

/** Set anew a little after each change; it is the page itself, in the sandbox, and not a drawing of it. */
function Preview({ wanted }: { readonly wanted: Wanted }) {
  const { language, words } = useLanguage();
  const { show } = words;
  const now = JSON.stringify(wanted);
  const [settled] = useDebouncedValue(now, SETTLED);
  const { headline, ...rest } = JSON.parse(settled) as Wanted;
  const json = { ...rest, ids: [...rest.ids], ...(headline.trim() === "" ? {} : { headline: headline.trim() }) };
  const { data, error, isFetching } = useQuery({
    queryKey: ["placard", json],
    // Of what is typed on, nothing more is laid out.
    queryFn: ({ signal }) => answer(api.placards.preview.$post({ json }, { init: { signal } })),
    placeholderData: (before) => before,
    gcTime: 0,
  });
  return (
    <section className="stack" aria-label={show.preview} aria-busy={isFetching || settled !== now}>
      <Trouble error={error} />
      {data === undefined ? (
        <p className="quiet">{show.previewing}</p>
      ) : (
        <Paper size={wanted.size} src={`${data.url}?in=${language}`} title={show.preview} />
      )}
    </section>
  );
}

interface PaperParts {
  readonly size: Wanted["size"];
  readonly src: string;
  readonly title: string;
}

/** The page at its own size, made smaller as a whole: what is large on paper is large here. */
function Paper({ size, src, title }: PaperParts) {
  const { ref, width } = useElementSize();
  const [across, down] = PAPER[size];
  return (
    <div ref={ref} className="preview" style={{ aspectRatio: `${across} / ${down}` }}>
      <iframe
        // Made anew for each: one that is led on would stand in the way back.
        key={src}
        sandbox="allow-scripts"
        src={src}
        title={title}
        style={{
          width: `${across}mm`,
          height: `${down}mm`,
          transform: `scale(${width / ((across * PIXELS_AN_INCH) / MM_AN_INCH)})`,
        }}
      />
    </div>
  );
}
