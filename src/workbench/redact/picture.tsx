/** The page's picture with its places: in parts that are fetched when one comes near them, since it may be as long as twenty screens. */
import { Button, Switch } from "@mantine/core";
import { type PointerEvent, useRef, useState } from "react";
import { useWords } from "../language.tsx";
import { Cover } from "../look/cover.tsx";
import { fill } from "../words/words.ts";
import { type Box, coveredIn, type Part, type Place, partsOf, pixelsOf, runsOf, squaresOf } from "./places.ts";
import type { Picture } from "./queries.ts";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import "../screens/preferences.css";
import "./redact.css";

interface PictureParts {
  readonly id: string;
  readonly picture: Picture;
  readonly places: readonly Place[];
  readonly onDrawn: (box: Box) => void;
  readonly onAdd: () => void;
}

export function PictureOf({ id, picture, places, onDrawn, onAdd }: PictureParts) {
  const { redact } = useWords();
  const [isPublic, setPublic] = useState(false);
  const [isDrawing, setDrawing] = useState(false);
  return (
    <section className="stack" aria-labelledby="redact-picture">
      <h2 id="redact-picture">{redact.picture}</h2>
      <p className="small quiet">{fill(redact.squares, { size: picture.tile })}</p>
      <Cover>
        {() => (
          <>
            <div className="row">
              <Button
                variant="default"
                aria-pressed={isDrawing}
                disabled={isPublic}
                onClick={() => setDrawing(!isDrawing)}
              >
                {isDrawing ? redact.drawing : redact.draw}
              </Button>
              <Button variant="default" disabled={isPublic} onClick={onAdd}>
                {redact.add}
              </Button>
            </div>
            <p className="small quiet" role="status">
              {isDrawing && !isPublic ? redact.drawHint : ""}
            </p>
            <Switch
              className="switch"
              labelPosition="left"
              withThumbIndicator={false}
              label={redact.asPublic}
              checked={isPublic}
              onChange={(event) => setPublic(event.currentTarget.checked)}
            />
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is scrolled by keys, too */}
            <div className="redact-scroll" role="group" aria-label={redact.picture} tabIndex={0} dir="ltr">
              <div className="redact-picture">
                <Parts id={id} picture={picture} places={isPublic ? places : []} />
                <Marks
                  picture={picture}
                  places={places}
                  isPublic={isPublic}
                  onDrawn={isDrawing && !isPublic ? onDrawn : undefined}
                />
              </div>
            </div>
          </>
        )}
      </Cover>
    </section>
  );
}

/** As the public will see it, what is covered is not in the pictures that are fetched. */
function Parts({ id, picture, places }: Pick<PictureParts, "id" | "picture" | "places">) {
  const { redact } = useWords();
  const runs = runsOf(places, picture);
  const parts = partsOf(picture);
  const addressOf = (part: Part): string => {
    const covered = coveredIn(runs, part, picture);
    return `/api/exhibits/${id}/redaction/picture/${part.n}${covered === "" ? "" : `?covered=${covered}`}`;
  };
  return parts.map((part) => (
    <img
      key={part.n}
      src={addressOf(part)}
      alt={fill(redact.part, { n: part.n + 1, count: parts.length })}
      width={picture.width}
      height={part.rows}
      loading="lazy"
      draggable={false}
    />
  ));
}

interface MarksParts {
  readonly picture: Picture;
  readonly places: readonly Place[];
  readonly isPublic: boolean;
  readonly onDrawn: ((box: Box) => void) | undefined;
}

type Point = readonly [x: number, y: number];

/** For the eye and the pointer alone: all that is done here is done in the list, too. */
function Marks({ picture, places, isPublic, onDrawn }: MarksParts) {
  const sheet = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<readonly [from: Point, to: Point]>();
  const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = sheet.current?.getBoundingClientRect() ?? new DOMRect();
    const within = (share: number, most: number): number => Math.min(most, Math.max(0, share * most));
    return [within((clientX - left) / width, picture.width), within((clientY - top) / height, picture.height)];
  };
  const begin = (event: PointerEvent): void => {
    if (onDrawn === undefined || !event.isPrimary || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrawn([pointOf(event), pointOf(event)]);
  };
  const end = (event: PointerEvent): void => {
    if (drawn === undefined) return;
    setDrawn(undefined);
    const box = boxOf(drawn[0], pointOf(event));
    if (box.width >= SHORTEST && box.height >= SHORTEST) onDrawn?.(box);
  };
  return (
    <div
      ref={sheet}
      className="redact-marks"
      aria-hidden="true"
      data-drawing={onDrawn !== undefined}
      onPointerDown={begin}
      onPointerMove={(event) => drawn !== undefined && event.isPrimary && setDrawn([drawn[0], pointOf(event)])}
      onPointerUp={end}
      onPointerCancel={() => setDrawn(undefined)}
    >
      {places
        .filter(({ isCovered }) => isCovered || !isPublic)
        .map(({ key, box, isCovered }) => (
          <Mark
            key={key}
            box={isCovered ? pixelsOf(squaresOf(box, picture), picture) : box}
            kind={isPublic ? "public" : isCovered ? "covered" : "proposed"}
            picture={picture}
          />
        ))}
      {drawn === undefined ? null : <Mark box={boxOf(...drawn)} kind="proposed" picture={picture} />}
    </div>
  );
}

/** Of what is drawn, in the picture's pixels; less was a slip. */
const SHORTEST = 4;

function boxOf([x, y]: Point, [otherX, otherY]: Point): Box {
  const [left, top] = [Math.min(x, otherX), Math.min(y, otherY)];
  return { x: left, y: top, width: Math.max(x, otherX) - left, height: Math.max(y, otherY) - top };
}

interface MarkParts {
  readonly box: Box;
  readonly kind: "proposed" | "covered" | "public";
  readonly picture: Picture;
}

function Mark({ box: { x, y, width, height }, kind, picture }: MarkParts) {
  const share = (of: number, whole: number): string => `${(100 * of) / whole}%`;
  return (
    <span
      data-kind={kind}
      style={{
        left: share(x, picture.width),
        top: share(y, picture.height),
        width: share(width, picture.width),
        height: share(height, picture.height),
      }}
    />
  );
}
