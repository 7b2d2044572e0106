/** What came with a post, what was made of it, and what can be read in its picture, in Hebrew. */
export const evidence = {
  smallPicture: "תמונה קטנה של {link}",
  noPicture: "אין תמונה",
  again: {
    ask: "לבדוק שוב עכשיו",
    what: "הקישור נפתח פעם נוספת, ומה שנמצא בו עכשיו נחתם לצד זה.",
    underWay: "הוא נבדק שוב. מה שיימצא יופיע כאן.",
  },
  made: {
    title: "שלטים שהוכנו ממנו",
    pack: {
      one: "שלט אחד, {size}",
      two: "בערכה של שני שלטים, {size}",
      other: "בערכה של {count} שלטים, {size}",
    },
  },
  media: {
    title: "מה שצורף לפוסט",
    picture: "תמונה {n}",
    video: "סרטון {n}",
    sound: "הקלטה {n}",
    file: "קובץ {n}",
    unknown: "קובץ מסוג שאינו מוצג כאן. הוא נמצא בהוכחה.",
    unplayable: "הדפדפן הזה אינו יכול לנגן אותו. הוא נמצא בהוכחה.",
    move: "להניח לה לנוע",
    still: "להשאיר ללא תנועה",
    mute: "להשאיר את הקול כבוי",
    muteWhy: "נזכר לכל פוסט, בכל המכשירים שלך.",
  },
};
