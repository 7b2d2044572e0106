/** Finding: as it is typed, and narrowed down. What is looked for stands in the address, which can be handed on. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ChartsOf } from "../find/charts.tsx";
import { KeptSearches } from "../find/kept.tsx";
import { Keys } from "../find/keys.tsx";
import { ChooseAll, ManyBar } from "../find/many.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { Page } from "../frame/page.tsx";
import { useLanguage } from "../language.tsx";
import { useActorNames } from "../look/actors.ts";
import { useChosen } from "../look/chosen.tsx";
import { ExhibitList } from "../look/list.tsx";
import { countsQuery, LONGEST_TEXT, type Search, STANDINGS } from "../look/queries.ts";
import { useMay } from "../may.ts";
import { useTyped } from "../typed.ts";
import { counted } from "../words/words.ts";
import "../style/fields.css";

const route = getRouteApi("/members/find");

export function FindScreen() {
  const { language, words } = useLanguage();
  const { view, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const choosing = useChosen();
  const { data: counts } = useQuery(countsQuery(search));
  const narrow = (change: Partial<Record<keyof Search, string>>): void => {
    const now = Object.entries({ ...search, ...(view === undefined ? {} : { view }), ...change }).filter(
      ([, value]) => value !== "" && value !== undefined,
    );
    void navigate({ search: Object.fromEntries(now), replace: true });
  };
  return (
    <Page title={words.look.findTitle}>
      <search className="stack">
        <Typed text={search.text ?? ""} onTyped={(text) => narrow({ text })} />
        <Filters search={search} narrow={narrow} />
        <KeptSearches search={search} />
      </search>
      <div className="row">
        <LinkButton variant="default" to="/find" search={view === undefined ? { ...search, view: "charts" } : search}>
          {view === undefined ? words.find.charts.show : words.find.charts.hide}
        </LinkButton>
        {may("GET /api/cases") ? (
          <LinkButton variant="default" to="/cases">
            {words.find.cases.all}
          </LinkButton>
        ) : null}
        <Keys chooseNone={choosing.chooseNone} />
      </div>
      <p role="status" className="quiet">
        {counts === undefined ? "" : counted(language, words.look.counted, counts.total)}
      </p>
      {view === "charts" ? (
        <ChartsOf search={search} />
      ) : (
        <>
          <ChooseAll search={search} {...choosing} />
          <ExhibitList search={search} {...choosing} />
          <ManyBar {...choosing} />
        </>
      )}
    </Page>
  );
}

function Typed({ text, onTyped }: { readonly text: string; readonly onTyped: (text: string) => void }) {
  const { look } = useLanguage().words;
  const [typed, setTyped] = useTyped(text, onTyped);
  return (
    <TextInput
      type="search"
      label={look.search}
      description={look.searchHint}
      value={typed}
      maxLength={LONGEST_TEXT}
      dir="auto"
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

const NONE = {
  platform: "",
  case: "",
  tag: "",
  actor: "",
  standing: "",
  state: "",
  from: "",
  to: "",
  by: "",
  sort: "",
} as const;

interface FilterParts {
  readonly search: Search;
  readonly narrow: (change: Partial<Record<keyof Search, string>>) => void;
}

function Filters({ search, narrow }: FilterParts) {
  const { look, find } = useLanguage().words;
  const nameOf = useActorNames();
  const { data: all } = useQuery(countsQuery({}));
  const any = { value: "", label: look.any };
  const named = (asked = "", counts: readonly { readonly value: string | null; readonly count: number }[] = []) => [
    any,
    // What the address asks for is there before it is known how many there are.
    ...(asked === "" || counts.some(({ value }) => value === asked) ? [] : [asked]),
    ...counts.flatMap(({ value, count }) => (value === null ? [] : [{ value, label: `${value} (${count})` }])),
  ];
  const choices = [
    { name: "platform", label: look.platform, data: named(search.platform, all?.platforms) },
    { name: "case", label: look.case, data: named(search.case, all?.cases) },
    { name: "tag", label: find.tag, data: named(search.tag, all?.tags) },
    {
      name: "actor",
      label: find.who,
      data: named(search.actor, all?.actors).map((one) =>
        typeof one === "string" || one.value === ""
          ? one
          : { value: one.value, label: one.label.replace(one.value, () => nameOf(one.value)) },
      ),
    },
    {
      name: "standing",
      label: look.standing,
      data: [any, ...STANDINGS.map((value) => ({ value, label: look.standings[value] }))],
    },
    {
      name: "state",
      label: look.state,
      data: [any, ...(["sealed", "erased"] as const).map((value) => ({ value, label: look.states[value] }))],
    },
  ] as const;
  return (
    <div className="stack">
      <fieldset className="filters">
        <legend className="quiet small">{look.filters}</legend>
        {choices.map(({ name, label, data }) => (
          <NativeSelect
            key={name}
            label={label}
            data={data}
            value={search[name] ?? ""}
            onChange={(event) => narrow({ [name]: event.currentTarget.value })}
          />
        ))}
        {(["from", "to"] as const).map((name) => (
          <TextInput
            key={name}
            type="date"
            label={look[name]}
            value={search[name] ?? ""}
            onChange={(event) => narrow({ [name]: event.currentTarget.value })}
          />
        ))}
        {(["by", "sort"] as const).map((name) => (
          <NativeSelect
            key={name}
            label={look.times[name].label}
            data={[
              { value: "", label: look.times[name].sealed },
              { value: "posted", label: look.times[name].posted },
            ]}
            value={search[name] ?? ""}
            onChange={(event) => narrow({ [name]: event.currentTarget.value })}
          />
        ))}
      </fieldset>
      {search.by === "posted" || search.sort === "posted" ? <p className="small quiet">{look.times.unstated}</p> : null}
      {Object.keys(search).some((name) => name !== "text") ? (
        <div>
          <Button variant="default" onClick={() => narrow(NONE)}>
            {look.clear}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
