/** An AT Protocol app: a view of the whole thread in JSON, with a record quoted in the post and a parent that is not found. */
import { escaped, json, MEANT, ORPHAN, QUOTED, ROOT, type Said, type ThreadPage, threadHtml } from "./thread-page.ts";

const uri = ({ handle }: Said, id: number): string => `at://did:plc:${handle}/app.bsky.feed.post/${id}`;
const record = (said: Said, more: object = {}) => ({
  $type: "app.bsky.feed.post",
  text: said.text,
  createdAt: said.posted,
  ...more,
});
const view = (said: Said, id: number, more: object = {}, own: object = {}) => ({
  uri: uri(said, id),
  author: { did: `did:plc:${said.handle}`, handle: `${said.handle}.lane.example`, displayName: said.author },
  record: record(said, own),
  ...more,
});
const item = (said: Said, kind: string, inside = ""): string =>
  `<div class="box ${kind}" data-testid="postThreadItem-by-${said.handle}.lane.example"><div><b>${escaped(said.author)}</b> @${said.handle}.lane.example</div><div data-word-wrap="1">${escaped(said.text)}</div>${inside}</div>`;

export const atThread: ThreadPage = {
  link: `/profile/${MEANT.handle}.lane.example/post/702`,
  html: () => {
    const embed = {
      $type: "app.bsky.embed.record#view",
      record: { $type: "app.bsky.embed.record#viewRecord", uri: uri(QUOTED, 644), value: record(QUOTED) },
    };
    const reply = { root: { uri: uri(ROOT, 701) }, parent: { uri: uri(ROOT, 701) } };
    const thread = {
      $type: "app.bsky.feed.defs#threadViewPost",
      post: view(MEANT, 702, { embed, likeCount: 12, repostCount: 3, replyCount: 5 }, { reply }),
      parent: { $type: "app.bsky.feed.defs#threadViewPost", post: view(ROOT, 701, { likeCount: 41 }) },
      replies: [
        { $type: "app.bsky.feed.defs#notFoundPost", uri: uri(ORPHAN, 690), notFound: true },
        { post: view(ORPHAN, 703, { likeCount: 1 }) },
      ],
    };
    const quoted = `<div role="link" class="quote"><b>${escaped(QUOTED.author)}</b><div>${escaped(QUOTED.text)}</div></div>`;
    return threadHtml(
      `${MEANT.author} (@${MEANT.handle}.lane.example)`,
      `<link rel="alternate" href="${uri(MEANT, 702)}">${json("application/json", { thread })}`,
      `<main>${item(ROOT, "", "<div>41 likes</div>")}${item(MEANT, "meant", `${quoted}<div>3 reposts</div><div>12 likes</div>`)}<div class="box">Post not found</div>${item(ORPHAN, "")}</main>`,
    );
  },
  foundBy: "words",
  facts: {
    author: MEANT.author,
    handle: `${MEANT.handle}.lane.example`,
    postText: MEANT.text,
    postedAt: MEANT.posted,
    replyTo: uri(ROOT, 701),
    likes: 12,
    reposts: 3,
    replies: 5,
    atUri: uri(MEANT, 702),
  },
};
