/** The post itself: its words and picture, the whole page, the page as it was. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { answer, api } from "../api.ts";
import { useCover } from "../care/covers.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { preferencesQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import { Cover } from "./cover.tsx";
import { sourcesSaid } from "./in-words.ts";
import type { View } from "./queries.ts";

const has = ({ files }: View, name: string): boolean => files.some((file) => file.name === name);
const fileOf = ({ exhibit }: View, name: string): string => `/api/exhibits/${exhibit.id}/${name}`;

export function Post({ view }: { readonly view: View }) {
  const reader = useLanguage();
  const { look } = reader.words;
  const { post } = view;
  const picture = ["post-picture", "picture"].find((name) => has(view, name));
  return (
    <Cover>
      {() => (
        <>
          {post === null ? null : (
            <div className="stack">
              <h2>{look.words}</h2>
              <blockquote className="said" dir="auto">
                {post.text}
              </blockquote>
              <p className="small quiet">
                {post.isVisible ? fill(look.wordsFrom, { sources: sourcesSaid(post, reader) }) : look.notShown}
              </p>
            </div>
          )}
          {picture === undefined ? (
            <p className="quiet">{look.noPicture}</p>
          ) : (
            <img src={fileOf(view, picture)} alt={look.picture} />
          )}
        </>
      )}
    </Cover>
  );
}

export function WholePage({ view }: { readonly view: View }) {
  const { look } = useWords();
  if (!has(view, "picture")) return <p className="quiet">{look.noPicture}</p>;
  return (
    <Cover>
      {() => (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        <div className="whole-page" tabIndex={0} role="group" aria-label={look.pagePicture}>
          <img src={fileOf(view, "picture")} alt={look.pagePicture} />
        </div>
      )}
    </Cover>
  );
}

/**
 * In a frame of the sandbox's origin, opened when asked for. It keeps that origin, without which its service worker has
 * nothing to show; what was captured can neither open windows nor lead this one elsewhere.
 */
export function Replay({ view }: { readonly view: View }) {
  const { language, words } = useLanguage();
  const { look } = words;
  const opening = useMutation({
    mutationFn: () => answer(api.exhibits[":id"].replay.$post({ param: { id: view.exhibit.id } })),
  });
  const { data: wanted } = useQuery(preferencesQuery);
  const { isShown, show } = useCover();
  const open = (): void => {
    show();
    opening.mutate();
  };
  if (opening.data !== undefined && isShown)
    return (
      <div className="shown" data-grey={wanted?.grey !== false}>
        <iframe
          className="replay"
          sandbox="allow-scripts allow-same-origin"
          src={`${opening.data.url}?in=${language}`}
          title={look.tabs.replay}
        />
      </div>
    );
  return (
    <div className="sheet stack">
      <p>{look.replayWhat}</p>
      <p className="small quiet">{look.replaySound}</p>
      <Trouble error={opening.error} />
      <div>
        <Button disabled={opening.isPending} onClick={open}>
          {look.replay}
        </Button>
      </div>
    </div>
  );
}
