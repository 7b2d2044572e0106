/** What is a member's own, in Hebrew: preferences, and where they are signed in. */
export const mine = {
  preferences: {
    title: "כמו שנוח לך.",
    lead: "רק בשבילך, ובכל המכשירים שלך.",
    posts: "פוסטים",
    blur: "לטשטש פוסטים עד שאבקש לראות",
    blurWhy: "התמונות והמילים מוסתרות, גם מקורא מסך.",
    grey: "להציג תמונות בגווני אפור",
    greyWhy: "בלי צבע, תמונות קשות פחות לצפייה.",
    mute: "להשאיר את הקול כבוי",
    muteWhy: "דבר אינו נשמע לפני שמפעילים את הקול.",
    screen: "מסך",
    theme: "בהיר או כהה",
    themes: { system: "כמו במכשיר", light: "בהיר", dark: "כהה", contrast: "ניגודיות גבוהה" },
    motion: "תנועה",
    motions: { system: "כמו במכשיר", reduced: "ללא תנועה" },
    saved: "נשמר.",
  },
  sessions: {
    title: "היכן החשבון מחובר.",
    lead: "אם אחד מהחיבורים אינו מוכר לך, כדאי לנתק אותו ולהחליף סיסמה.",
    here: "כאן",
    since: "מאז {date}",
    methods: { password: "עם סיסמה", code: "עם קוד", recovery: "עם קוד שחזור", passkey: "עם מפתח גישה" },
    end: "ניתוק",
    endOf: "ניתוק מ־{device}, מאז {date}",
  },
};
