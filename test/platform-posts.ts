/**
 * Posts in the shape of boards' and platforms' own markup: its stable marks (ids, data attributes, labels), everything else ours. Made from
 * what these marks are known to be, and not tried on the living sites.
 */
const TIME = "2026-05-01T10:00:00+00:00";
const WORDS = "They should leave the lane by day 4 of May.";
const OTHER = "The hedge is to be cut on day 9.";

const onBoard = (
  n: number,
  words: string,
  more = "",
): string => `<div id="p${n}" class="post has-profile bg2"><div class="inner">
<dl class="postprofile" id="profile${n}"><dt class="has-avatar"><a href="./memberlist.php?mode=viewprofile&amp;u=${n}" class="username">Neighbour ${n}</a></dt><dd>Posts: 12</dd></dl>
<div class="postbody"><div id="post_content${n}"><h3 class="first"><a href="./viewtopic.php?p=${n}&amp;sid=ab#p${n}">Re: Lanterns</a></h3>
<p class="author"><a class="unread" href="./viewtopic.php?p=${n}&amp;sid=ab#p${n}" title="Post">¶</a> by <strong><a href="./memberlist.php?mode=viewprofile&amp;u=${n}" class="username-coloured" style="color:#a00">Neighbour ${n}</a></strong> » <time datetime="${TIME}">Fri May 01, 2026 10:00 am</time></p>
<div class="content">${words}</div>${more}<div id="sig${n}" class="signature">Lane first.</div></div></div></div></div>`;

const notice = `<div class="notice">Last edited by <a class="username" href="./u9">Neighbour 9</a> on Fri May 01, 2026 11:00 am, edited 1 time in total.</div>`;
const quotation = `<blockquote><div><cite>Neighbour 9 wrote:</cite>${OTHER}</div></blockquote>`;

const beneath = (n: number, who: string, words: string, when = "3 weeks ago", likes = `${n} likes`): string =>
  `<ytd-comment-thread-renderer><ytd-comment-view-model id="comment" style="display:block"><h3><a id="author-text" href="/${who}"><span>${who}</span></a></h3>
<span id="published-time-text"><a href="/watch?v=lane&amp;lc=U${n}">${when}</a></span><yt-attributed-string id="content-text"><span>${words}</span></yt-attributed-string>
<span id="vote-count-middle" aria-label="${likes}">${n}</span></ytd-comment-view-model></ytd-comment-thread-renderer>`;

const community = (n: number, words: string): string =>
  `<ytd-backstage-post-renderer style="display:block"><a id="author-text" href="/@lane"><span>Hollow Lane Reels</span></a> <yt-formatted-string id="published-time-text"><a href="/post/Ug${n}">2 days ago (edited)</a></yt-formatted-string>
<yt-formatted-string id="content-text">${words}</yt-formatted-string><span id="vote-count-middle" aria-label="1 like">1</span></ytd-backstage-post-renderer>`;

const onWall = (n: number, words: string, copied = ""): string =>
  `<div id="post-7_${n}" class="_post post page_block" data-post-id="-7_${n}"><div class="post_header"><h5 class="post_author"><a class="author" href="/lane">Hollow Lane</a></h5><a class="post_link" href="/wall-7_${n}"><span class="rel_date">1 May</span></a></div>
<div class="wall_text">${words === "" ? "" : `<div class="wall_post_text">${words}</div>`}${copied}</div></div>`;
const copy = `<div class="copy_quote"><h5 class="post_author"><a class="author" href="/other">Somebody Else</a></h5><div class="wall_post_text">${OTHER}</div></div>`;

const inApp = (who: string, words: string, n: number): string =>
  `<div data-testid="postThreadItem-by-${who}"><a href="/profile/${who}">Neighbour</a><a href="/profile/${who}/post/k${n}"><time>1 May</time></a><div data-testid="postText">${words}</div><button data-testid="likeBtn" aria-label="Like (${n} likes)">${n}</button></div>`;

const atWork = (n: number, words: string): string =>
  `<article class="main-feed-activity-card" data-activity-urn="urn:li:activity:${n}"><a data-tracking-control-name="public_post_feed-actor-name" href="/in/neighbour${n}">Neighbour ${n}</a><time>1w</time>
<p data-test-id="main-feed-activity-card__commentary">${words}</p><a href="/posts/neighbour_lane-activity-${n}"><time>1w</time></a></article>`;

export type MarkupCase = readonly [what: string, name: string, url: string, html: string, facts: object];

export const MORE_CASES: readonly MarkupCase[] = [
  [
    "a post of a board, edited by another than its author",
    "phpBB",
    "https://board.example/viewtopic.php?t=8&p=4#p4",
    onBoard(3, OTHER) + onBoard(4, WORDS, notice),
    { author: "Neighbour 4", postText: WORDS, postedAt: TIME, edited: true },
  ],
  [
    "a post that quotes another: its words are not told from those",
    "phpBB",
    "https://board.example/viewtopic.php?p=4#p4",
    onBoard(4, quotation + WORDS),
    { author: "Neighbour 4", postedAt: TIME },
  ],
  [
    "the page of the whole topic",
    "phpBB",
    "https://board.example/viewtopic.php?t=8",
    onBoard(3, OTHER) + onBoard(4, WORDS),
    {},
  ],
  [
    "a comment beneath a video, edited",
    "YouTube",
    "https://video.example/watch?v=lane&lc=U4",
    beneath(3, "@neighbour3", OTHER) + beneath(4, "@neighbour4", WORDS, "3 weeks ago (edited)"),
    { handle: "@neighbour4", postText: WORDS, edited: true, likes: 4 },
  ],
  [
    "a comment whose count is rounded, and whose writer has no handle",
    "YouTube",
    "https://video.example/watch?v=lane&lc=U4",
    beneath(4, "Neighbour 4", WORDS, "3 weeks ago", "1.2K likes"),
    { postText: WORDS },
  ],
  ["the video itself", "YouTube", "https://video.example/watch?v=lane", beneath(4, "@neighbour4", WORDS), {}],
  [
    "a channel's post",
    "YouTube",
    "https://video.example/post/Ug4",
    community(3, OTHER) + community(4, WORDS),
    { author: "Hollow Lane Reels", postText: WORDS, edited: true, likes: 1 },
  ],
  [
    "a post on a wall that brings another",
    "VK",
    "https://wall.example/wall-7_4",
    onWall(3, OTHER) + onWall(4, WORDS, copy),
    { author: "Hollow Lane", postText: WORDS },
  ],
  [
    "a repost without words of its own",
    "VK",
    "https://wall.example/wall-7_4",
    onWall(4, "", copy),
    { author: "Hollow Lane" },
  ],
  [
    "a post in a thread",
    "Bluesky",
    "https://sky.example/profile/tam.lane.example/post/k4",
    inApp("wren.lane.example", OTHER, 3) + inApp("tam.lane.example", WORDS, 4),
    { handle: "tam.lane.example", likes: 4 },
  ],
  [
    "a public post",
    "LinkedIn",
    "https://work.example/posts/neighbour_lane-activity-4",
    atWork(3, OTHER) + atWork(4, WORDS).replace("<time>1w</time>", ""),
    { author: "Neighbour 4", postText: WORDS },
  ],
];
