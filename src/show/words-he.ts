/** All that placards and the steward's sheet say, in Hebrew. */
import type { PlacardWords } from "./words-en.ts";

export const he: PlacardWords = {
  headline: "״מעולם לא ראיתי״? תראו.",
  title: { one: "שלט {id}", other: "{count} שלטים, {group}" },
  number: "שלט {n} מתוך {of}",
  posted: { label: "פורסם", by: "בידי {name}", on: "באתר {platform}" },
  since: { recorded: "תועד ב־{time}", witnessed: "עדים מאשרים: לפני {time}" },
  time: { thatDay: "{clock} באותו יום", noZone: "{time} (אזור הזמן לא צוין)" },
  frame: {
    wordless: "פורסם בפומבי",
    whole: "פורסם בפומבי, מילה במילה",
    preview: "פורסם בפומבי, כפי שהוא בתצוגה המקדימה שלו",
    shortened: "פורסם בפומבי, מקוצר כאן",
    bar: "{said}; הפס השחור שלנו",
    bars: "{said}; הפסים השחורים שלנו",
    cut: "(קוצר)",
    masked: "מוסתר",
  },
  recorded: { label: "תועד", said: "ב־{time}, ונחתם." },
  witnessed: {
    label: "עדים:",
    by: "{who}, לפני {time}.",
    others: "{count} אחרים",
    nobody: "עדיין אין; החותם הוא של הקבוצה הזאת בלבד.",
  },
  assessed: { label: "סווג" },
  marks: {
    sample: { word: "דוגמה", note: "דוגמה, לא ראיה" },
    draft: { word: "טיוטה", note: "טיוטה, לא לפרסום" },
  },
  invented: "בדוי: איש לא פרסם את זה",
  check: {
    scan: "סרקו את הקוד, או הקריאו לנו את שש המילים האלה:",
    ask: "בקשו מאיתנו את ההוכחה לפי שש המילים האלה:",
    code: "קוד QR: היכן אפשר לבדוק את זה",
    codeOfId: "קוד QR: המזהה של הפוסט",
  },
  picture: {
    page: "הדף, כפי שתועד",
    post: "הפוסט, כפי שתועד",
    topOfPage: "החלק העליון של הדף, כפי שתועד",
    topOfPost: "החלק העליון של הפוסט, כפי שתועד",
  },
  steward: {
    title: "מי נושא מה",
    one: "{group}: שלט אחד.",
    other: "{group}: {count} שלטים.",
    lead: "רשמו שם ליד כל אחד. מי שמתבקש להוכיח מקריא את שש המילים.",
    columns: { number: "מס׳", placard: "שלט", picture: "תמונה", carriedBy: "בידי מי" },
  },
};
