/**
 * What platforms, boards and servers say in the place of a post, each as they word it. A line in brackets is a button. English ones
 * stand in an application that draws its bars as it draws anything; what is told of a wall must not hang on its elements.
 */
import { bare } from "./obstacle-pages.ts";

type Cause = "login" | "captcha" | "age" | "gone" | "site_error";
/** Language, then the lines. */
type Said = readonly [language: string, ...lines: string[]];

const SAID: Readonly<Record<Cause, readonly Said[]>> = {
  login: [
    ["en", "You’re unable to view this Post because this account owner limits who can view their Posts. Learn more"],
    [
      "en",
      "These posts are protected",
      "Only approved followers can see @marrow’s posts. To request access, click Follow.",
    ],
    [
      "en",
      "Hollow Lane is a private community",
      "Only approved members can view and take part in its discussions.",
      "[Request to Join]",
    ],
    ["en", "Private video", "Sign in if you've been granted access to this video"],
    ["en", "Sign-in required", "This account has requested that users sign in to view their posts."],
    ["en", "This author has chosen to make their posts visible only to people who are signed in."],
    [
      "en",
      "Say more with Townsquare",
      "Join Townsquare to share ideas, ask questions and more. Log in or sign up.",
      "[Log in with your account]",
      "[Sign up]",
    ],
    ["en", "Unlock this post by becoming a member", "[Join to unlock]"],
    ["en", "Subscribe to read the full post", "Already a subscriber? Sign in"],
    ["en", "Are you sure you want to view this community?", "This community is quarantined", "[Continue]"],
    ["de", "Du musst angemeldet sein, um fortzufahren.", "[Anmelden]"],
    ["es", "Inicia sesión para confirmar que no eres un bot"],
    ["pt", "Faça login para confirmar que você não é um bot"],
    ["ru", "Войдите, чтобы подтвердить возраст"],
    ["ar", "يجب عليك تسجيل الدخول للمتابعة."],
    ["he", "עליך להתחבר כדי להמשיך"],
    ["ja", "ログインして bot ではないことを確認してください"],
    ["tr", "Devam etmek için giriş yapmalısın."],
    ["pl", "Aby kontynuować, musisz się zalogować."],
    [
      "en",
      "Hollow Lane Watch",
      "Private group",
      "Only members can see who's in the group and what they post.",
      "[Join group]",
    ],
    ["en", "Marrow", "12 posts · 88 followers", "This Account is Private", "Follow to see their photos and videos."],
    ["en", "You do not have access to this thread."],
    [
      "en",
      "vBulletin Message",
      "You are not logged in or you do not have permission to access this page. This could be due to one of several reasons:",
    ],
    ["en", "Please log in or register to continue"],
    ["en", "Enter your phone number or email to continue", "[Next]"],
    ["en", "Marrow posted something", "Sign up for Townsquare to see it"],
  ],
  captcha: [
    ["en", "Sign in to confirm you’re not a bot", "This helps protect our community. Learn more", "[Sign in]"],
    ["de", "Melde dich an, um zu bestätigen, dass du kein Bot bist", "So können wir unsere Community besser schützen."],
    ["fr", "Connectez-vous pour confirmer que vous n’êtes pas un robot"],
    ["ru", "Войдите в аккаунт и подтвердите, что вы не бот"],
    ["en", "Let's confirm you are human", "Complete the security check before continuing.", "[Begin]"],
    ["en", "One more step", "Please complete the security check to access hollow.example"],
    ["en", "Are you a robot? Solve the picture to go on."],
  ],
  age: [
    ["en", "Restricted profile", "You must be 18 years old or over to see this profile."],
    [
      "en",
      "This post may not be comfortable for some audiences. Log in to make the most of your experience.",
      "[Log in]",
    ],
    [
      "en",
      "You must be 18+ to view this community",
      "You must be at least eighteen years old to view this content. Are you over eighteen and willing to see adult content?",
      "[No thank you]",
      "[Continue]",
    ],
    ["en", "Enter your birthday", "</select></select>", "[Next]"],
    ["en", "Are you of legal drinking age?", "[Yes]", "[No]"],
    [
      "en",
      "Mature content",
      "This page may contain content meant for people aged 18 and over.",
      "[I'm over 18]",
      "[Go back]",
    ],
    ["es", "¿Eres mayor de 18 años?", "[Sí]", "[No]"],
    ["pt", "Você tem mais de 18 anos?", "[Sim]", "[Não]"],
    ["tr", "18 yaşından büyük müsün?", "[Evet]", "[Hayır]"],
    ["zh", "您必须年满18岁才能浏览此页面", "[进入]"],
  ],
  gone: [
    ["en", "This Post is from an account that no longer exists. Learn more"],
    ["en", "This Post violated the Townsquare Rules. Learn more"],
    [
      "en",
      "This content isn't available right now",
      "When this happens, it's usually because the owner only shared it with a small group of people, changed who can see it or it's been deleted.",
      "[Go to Feed]",
      "Go back",
      "Visit Help Center",
    ],
    [
      "en",
      "Video currently unavailable",
      "Looking for videos? Try browsing our trending creators, hashtags, and sounds.",
    ],
    [
      "en",
      "Couldn't find this account",
      "Looking for videos? Try browsing our trending creators, hashtags, and sounds.",
    ],
    [
      "en",
      "r/hollowlane has been banned",
      "This community was banned due to a violation of our rules.",
      "Banned 3 years ago.",
    ],
    ["en", "Sorry, this post was removed by Townsquare’s Legal Operations team."],
    ["en", "Video unavailable", "This video is private"],
    ["en", "This video has been removed for violating Townsquare's Community Guidelines"],
    ["en", "The page you are looking for isn't here."],
    ["en", "This content is not available in your country/region."],
    [
      "en",
      "Sorry, this page isn't available.",
      "The link you followed may be broken, or the page may have been removed. Go back to Townsquare.",
    ],
    ["de", "Dieser Account-Inhaber beschränkt, wer seine Posts sehen kann.", "Mehr erfahren"],
    ["de", "Der Post stammt von einem Account, der nicht mehr existiert."],
    ["de", "Dieser Inhalt ist in deinem Land nicht verfügbar."],
    [
      "fr",
      "Ce contenu n’est pas disponible pour le moment",
      "Cela vient généralement du fait que le propriétaire ne l’a partagé qu’avec un petit groupe de personnes.",
    ],
    ["fr", "Ce Post provient d’un compte qui n’existe plus."],
    [
      "es",
      "Este contenido no está disponible en este momento",
      "Esto suele deberse a que el propietario solo lo compartió con un grupo reducido de personas.",
    ],
    ["pt", "Este conteúdo não está disponível no momento"],
    ["it", "Questo contenuto non è al momento disponibile"],
    ["ru", "Эта публикация недоступна", "Возможно, владелец ограничил круг лиц, которые могут её видеть."],
    ["uk", "Цей вміст зараз недоступний"],
    ["ar", "هذا المحتوى غير متوفر الآن"],
    ["ja", "このコンテンツは現在ご利用いただけません"],
    ["zh", "目前无法查看此内容", "原因可能是所有者仅与一小群用户分享了内容。"],
    ["zh", "你访问的页面不见了"],
    ["nl", "Deze content is momenteel niet beschikbaar"],
    ["en", "Oops! This toot seems to have wandered off", "It can no longer be found."],
    ["en", "Message not found", "It may have been deleted."],
    [
      "en",
      "This post has been removed by the moderators of Hollow Lane.",
      "Moderators remove posts from feeds for a variety of reasons.",
    ],
    ["en", "The topic or board you are looking for appears to be either missing or off limits to you."],
    ["en", "Invalid thread specified. If you followed a valid link, please notify the administrator"],
    ["en", "This story has expired."],
    ["en", "The specified thread cannot be found."],
    ["en", "Post hidden", "You can't see this because its author blocked you."],
  ],
  site_error: [
    ["en", "Something went wrong, but don’t fret — let’s give it another shot.", "[Try again]"],
    [
      "en",
      "You’re Temporarily Blocked",
      "It looks like you were misusing this feature by going too fast. You’ve been temporarily blocked from using it.",
    ],
    ["en", "Something went wrong", "There's an issue and the page could not be loaded.", "[Reload page]"],
    ["en", "Sorry, you are rate limited. Please wait a few moments then try again."],
    ["de", "Du wurdest vorübergehend blockiert", "Du hast diese Funktion zu schnell verwendet."],
    ["es", "Se te bloqueó temporalmente", "Parece que usaste esta función de forma indebida."],
    ["en", "We're having trouble loading this right now.", "[Retry]"],
    ["en", "Server Error (500)"],
    ["en", "Application error: a client-side exception has occurred (see the browser console for more information)."],
    ["en", "Whoa there! You're sending requests too quickly.", "Wait a bit, then try again."],
  ],
};

const TOP = `<div style="display:flex"><a href="/">Townsquare</a> <a href="/explore">Explore</a> <a href="/in">Log in</a></div>`;
const BOTTOM = `<div><a href="/terms">Terms</a> <a href="/privacy">Privacy</a> <a href="/cookies">Cookies</a> <span>© 2026 Townsquare</span></div>`;

function lineOf(line: string): string {
  return line.startsWith("[")
    ? `<button type="button">${line.slice(1, -1)}</button>`
    : `<div><span>${line}</span></div>`;
}

function drawnBy([language, ...lines]: Said): string {
  const said = lines.map(lineOf).join("");
  return bare(
    language,
    "Townsquare",
    language === "en" ? `<div>${TOP}<div>${said}</div>${BOTTOM}</div>` : `<div>${said}</div>`,
  );
}

/** By path. */
export const PLATFORM_WALLS: Readonly<Record<string, { readonly cause: Cause; readonly html: string }>> =
  Object.fromEntries(
    (Object.entries(SAID) as [Cause, readonly Said[]][]).flatMap(([cause, all]) =>
      all.map((said, at) => [`/said/${cause}-${at + 1}`, { cause, html: drawnBy(said) }] as const),
    ),
  );
