/** Every place as a line: what it is, whether it is covered, and of one's own where it lies, to be changed by keys. */
import { Button, Switch, TextInput } from "@mantine/core";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";
import { type Change, type Place, pixelsOf, squaresOf } from "./places.ts";
import type { Picture } from "./queries.ts";
import "../style/fields.css";

interface PlacesParts {
  readonly picture: Picture;
  readonly places: readonly Place[];
  readonly onChange: (change: Change) => void;
}

export function PlaceList({ picture, places, onChange }: PlacesParts) {
  const { redact } = useWords();
  if (places.length === 0) return <p className="quiet">{redact.noPlaces}</p>;
  const isAll = places.every(({ isCovered }) => isCovered);
  return (
    <>
      <div>
        <Button variant="default" onClick={() => onChange({ do: "cover-all", isCovered: !isAll })}>
          {isAll ? redact.showAll : redact.coverAll}
        </Button>
      </div>
      <ul className="lines" aria-label={redact.places}>
        {places.map((place) => (
          <OnePlace key={place.key} place={place} picture={picture} onChange={onChange} />
        ))}
      </ul>
    </>
  );
}

interface OneParts extends Pick<PlacesParts, "picture" | "onChange"> {
  readonly place: Place;
}

function OnePlace({ place, picture, onChange }: OneParts) {
  const { redact } = useWords();
  const { key, kind, by, box, isCovered } = place;
  const what = fill(redact.at, { what: redact.kinds[kind], x: Math.round(box.x), y: Math.round(box.y) });
  return (
    <li className="redact-place">
      <Switch
        className="switch"
        labelPosition="left"
        withThumbIndicator={false}
        label={fill(redact.coverIt, { what })}
        description={redact.by[by]}
        checked={isCovered}
        onChange={(event) => onChange({ do: "cover", key, isCovered: event.currentTarget.checked })}
      />
      {kind === "own" ? <Sides what={what} place={place} picture={picture} onChange={onChange} /> : null}
    </li>
  );
}

const SIDES = ["x", "y", "width", "height"] as const;

/** In squares: no place covers less than one. */
function Sides({ what, place: { key, box }, picture, onChange }: OneParts & { readonly what: string }) {
  const { redact } = useWords();
  const squares = squaresOf(box, picture);
  const across = Math.ceil(picture.width / picture.tile);
  const down = Math.ceil(picture.height / picture.tile);
  const most = { x: across - 1, y: down - 1, width: across - squares.x, height: down - squares.y };
  const set = (side: (typeof SIDES)[number], typed: string): void => {
    const least = side === "x" || side === "y" ? 0 : 1;
    const value = Math.min(most[side], Math.max(least, Math.trunc(Number(typed))));
    if (typed !== "") onChange({ do: "move", key, box: pixelsOf({ ...squares, [side]: value }, picture) });
  };
  return (
    <details className="more">
      <summary>{fill(redact.change, { what })}</summary>
      <div className="redact-sides">
        {SIDES.map((side) => (
          <TextInput
            key={side}
            type="number"
            inputMode="numeric"
            min={side === "x" || side === "y" ? 0 : 1}
            max={most[side]}
            label={redact.sides[side]}
            value={squares[side]}
            onChange={(event) => set(side, event.currentTarget.value)}
          />
        ))}
      </div>
      <Button variant="default" size="sm" onClick={() => onChange({ do: "remove", key })}>
        {redact.remove}
      </Button>
    </details>
  );
}
