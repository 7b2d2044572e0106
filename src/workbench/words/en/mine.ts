/** What is a member's own: preferences, and where they are signed in. */
export const mine = {
  preferences: {
    title: "How you want it.",
    lead: "Only for you, and the same on each of your devices.",
    posts: "Posts",
    blur: "Blur posts until I ask",
    blurWhy: "Pictures and words are hidden, from a screen reader too.",
    grey: "Show pictures in grey",
    greyWhy: "Without colour, pictures strike less hard.",
    mute: "Keep sound off",
    muteWhy: "Nothing is heard before you turn it on.",
    screen: "Screen",
    theme: "Light or dark",
    themes: { system: "As this device", light: "Light", dark: "Dark", contrast: "High contrast" },
    motion: "Motion",
    motions: { system: "As this device", reduced: "Keep still" },
    saved: "Kept.",
  },
  sessions: {
    title: "Where you are signed in.",
    lead: "If you do not know one of these, end it and change your password.",
    here: "here",
    since: "since {date}",
    methods: { password: "by password", code: "by code", recovery: "by recovery code", passkey: "by passkey" },
    end: "Sign out there",
    endOf: "Sign out on {device}, since {date}",
  },
} as const;
