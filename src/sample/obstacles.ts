/** Pages that answer in place of a post, as forums do: each must be told from a post. */
import { page } from "./forum-pages.ts";

export interface Obstacle {
  readonly status: number;
  readonly html: string;
  /** What a capture must call it. */
  readonly cause: "login" | "captcha" | "blank" | "http_error";
}

const wall = (title: string, lead: string, button: string): string =>
  page(
    title,
    `<h1>${title}</h1><p>${lead}</p><form class="wall" method="post" action="/login"><label>E-mail <input type="email" name="email" autocomplete="username"></label>
<label>Password <input type="password" name="password" autocomplete="current-password"></label><button>${button}</button></form>`,
  );

export const OBSTACLES: Readonly<Record<string, Obstacle>> = {
  "/members-only": {
    status: 200,
    cause: "login",
    html: wall("Sign in to Townsquare", "You need to sign in to see this post.", "Sign in"),
  },
  "/mitglieder": {
    status: 200,
    cause: "login",
    html: wall("Anmelden", "Melde dich an, um diesen Beitrag zu sehen.", "Anmelden"),
  },
  "/checking": {
    status: 200,
    cause: "captcha",
    html: page(
      "Just a moment",
      `<h1>Checking that you are human</h1><p>This takes a moment.</p><div class="g-recaptcha" data-sitekey="invented"><iframe title="captcha" src="about:blank" width="300" height="80"></iframe></div>`,
    ),
  },
  "/empty": {
    status: 200,
    cause: "blank",
    html: `<!doctype html><html><head><meta charset="utf-8"><title></title><link rel="icon" href="data:,"></head><body><div id="app"></div></body></html>`,
  },
  "/broken": {
    status: 500,
    cause: "http_error",
    html: page("Error", "<h1>Something went wrong</h1><p>Try again later.</p>"),
  },
};
