/** The post's pictures, videos and sounds as they came: covered, still and silent until asked for. */
import { Button, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, api } from "../api.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { preferencesQuery } from "../queries.ts";
import { sizeOf } from "../words/sizes.ts";
import { counted, fill } from "../words/words.ts";
import { Cover } from "./cover.tsx";
import type { View } from "./queries.ts";
import { Reading } from "./reading.tsx";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Switch.css";
import "../screens/preferences.css";
import "./media.css";

type CameFile = View["files"][number];
type Kind = "picture" | "video" | "sound" | "file";

/** An Ogg file may be either; what plays videos plays sounds too. */
function kindOf({ mediaType = "" }: CameFile): Kind {
  if (mediaType.startsWith("image/")) return "picture";
  if (mediaType.startsWith("audio/")) return "sound";
  return mediaType.startsWith("video/") || mediaType === "application/ogg" ? "video" : "file";
}

export function Media({ view }: { readonly view: View }) {
  const { media } = useWords().evidence;
  const files = view.files.filter(({ name }) => name.startsWith("media/"));
  if (files.length === 0) return null;
  const isHeard = files.some((file) => ["video", "sound"].includes(kindOf(file)));
  return (
    <section className="stack" aria-labelledby="came-with-it">
      <h2 id="came-with-it">{media.title}</h2>
      {isHeard ? <KeepSoundOff /> : null}
      <Cover>
        {() => (
          <ul className="media">
            {files.map((file, i) => (
              <One key={file.name} file={file} n={i + 1} id={view.exhibit.id} />
            ))}
          </ul>
        )}
      </Cover>
    </section>
  );
}

function KeepSoundOff() {
  const { media } = useWords().evidence;
  const { data: wanted } = useQuery(preferencesQuery);
  const queries = useQueryClient();
  const keeping = useMutation({
    mutationFn: (mute: boolean) => answer(api.me.preferences.$patch({ json: { mute } })),
    onSuccess: (now) => queries.setQueryData(preferencesQuery.queryKey, now),
  });
  return (
    <>
      <Trouble error={keeping.error} />
      <Switch
        className="switch"
        labelPosition="left"
        withThumbIndicator={false}
        label={media.mute}
        description={media.muteWhy}
        checked={wanted?.mute !== false}
        onChange={(event) => keeping.mutate(event.currentTarget.checked)}
      />
    </>
  );
}

interface Shown {
  readonly src: string;
  readonly label: string;
}

function One({ file, n, id }: { readonly file: CameFile; readonly n: number; readonly id: string }) {
  const { language, words } = useLanguage();
  const { media } = words.evidence;
  const kind = kindOf(file);
  const label = fill(media[kind], { n });
  const src = `/api/exhibits/${id}/${file.name}`;
  return (
    <li className="stack">
      {kind === "picture" && file.moves !== true ? <img src={src} alt={label} /> : null}
      {kind === "picture" && file.moves === true ? <Moving src={src} label={label} /> : null}
      {kind === "video" || kind === "sound" ? (
        <Player src={src} label={label} kind={kind} mediaType={file.mediaType ?? ""} />
      ) : null}
      {kind === "file" ? <p className="quiet">{media.unknown}</p> : null}
      <p className="small quiet">
        {label} · {sizeOf(language, file.bytes)}
      </p>
      <HowJoined file={file} />
      {kind === "picture" ? <Reading id={id} file={file.name} /> : null}
    </li>
  );
}

/** That it is made of parts, and whose doing some of them are, is for everyone to know. */
function HowJoined({ file: { joined } }: { readonly file: CameFile }) {
  const { language, words } = useLanguage();
  const { media } = words.evidence;
  if (joined === undefined) return null;
  const { parts, fetched } = joined;
  const told = [
    ...(parts > 1 ? [counted(language, media.parts, parts)] : []),
    ...(fetched === parts ? [media.askedAll] : fetched > 0 ? [counted(language, media.asked, fetched)] : []),
  ];
  return told.length === 0 ? null : <p className="small quiet">{told.join(" ")}</p>;
}

/** As people call what their programs play. */
const FORMATS: Readonly<Record<string, string>> = {
  "video/mp2t": "MPEG-TS (.ts)",
  "video/mp4": "MP4",
  "video/webm": "WebM",
  "application/ogg": "Ogg",
  "audio/mpeg": "MP3",
  "audio/flac": "FLAC",
  "audio/wave": "WAV",
};

interface Played extends Shown {
  readonly kind: "video" | "sound";
  readonly mediaType: string;
}

/** Few browsers play what segments are joined to; asked beforehand, nothing of it is fetched in vain. */
function isForOthers(mediaType: string): boolean {
  return mediaType === "video/mp2t" && document.createElement("video").canPlayType(mediaType) === "";
}

/** Nothing plays by itself, and nothing is fetched of it but its beginning before somebody plays it. */
function Player({ src, label, kind, mediaType }: Played) {
  const { data: wanted } = useQuery(preferencesQuery);
  const isMuted = wanted?.mute !== false;
  const player = useRef<HTMLMediaElement>(null);
  const [isBroken, setBroken] = useState(() => isForOthers(mediaType));
  useEffect(() => {
    if (player.current !== null) player.current.muted = isMuted;
  }, [isMuted]);
  if (isBroken) return <Saved src={src} label={label} format={FORMATS[mediaType] ?? mediaType} />;
  const shared = { src, "aria-label": label, controls: true, muted: isMuted, preload: "metadata" } as const;
  const take = (element: HTMLMediaElement | null): void => {
    player.current = element;
  };
  return kind === "sound" ? (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- it is shown as it came, which is without any
    <audio {...shared} ref={take} onError={() => setBroken(true)} />
  ) : (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- as above
    <video {...shared} ref={take} playsInline disablePictureInPicture onError={() => setBroken(true)} />
  );
}

/** What this browser cannot play another program may: to be saved, and known for what it is. */
function Saved({ src, label, format }: Shown & { readonly format: string }) {
  const { media } = useWords().evidence;
  return (
    <>
      <p className="quiet">{media.unplayable}</p>
      <div>
        <Button
          component="a"
          variant="default"
          size="sm"
          href={src}
          download=""
          aria-label={fill(media.saveNamed, { label, format })}
        >
          {fill(media.save, { format })}
        </Button>
      </div>
    </>
  );
}

/** Its first picture, until somebody lets it move. */
function Moving({ src, label }: Shown) {
  const { media } = useWords().evidence;
  const [moves, setMoves] = useState(false);
  return (
    <>
      {moves ? <img src={src} alt={label} /> : <FirstPicture src={src} label={label} />}
      <div>
        <Button variant="default" size="sm" onClick={() => setMoves(!moves)}>
          {moves ? media.still : media.move}
        </Button>
      </div>
    </>
  );
}

function FirstPicture({ src, label }: Shown) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new Image();
    image.src = src;
    void image.decode().then(
      () => {
        const { current } = canvas;
        if (current === null) return;
        current.width = image.naturalWidth;
        current.height = image.naturalHeight;
        current.getContext("2d")?.drawImage(image, 0, 0);
      },
      // One that cannot be decoded stays an empty place; so would the picture.
      () => undefined,
    );
  }, [src]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}
