/** What is done so that looking at posts does less harm, in Hebrew. */
export const care = {
  coverAll: "לכסות הכול",
  showTitles: "להציג כותרות וקישורים",
  coverTitles: "לכסות כותרות וקישורים",
  aPost: "פוסט",
  title: "ההפסקות שלך",
  after: "להציע הפסקה",
  afterWhy: "זו רק הצעה; דבר אינו נחסם.",
  never: "אף פעם",
  posts: { one: "אחרי פוסט אחד", two: "אחרי שני פוסטים", other: "אחרי {count} פוסטים" },
  none: "לא נחשף היום אף פוסט.",
  today: {
    one: "נחשף היום פוסט אחד.",
    two: "נחשפו היום שני פוסטים.",
    other: "נחשפו היום {count} פוסטים.",
  },
  suggestion: "הפסקה עכשיו תעשה טוב. מה שנחתם נשאר במקומו.",
  rest: "לכסות הכול ולעצור",
  goOn: "להמשיך בינתיים",
  private: "רק לך מוצג המספר הזה. הוא נשמר במכשיר הזה, אינו נמסר לאיש, ומחר ייעלם.",
  zero: "לספור מאפס",
};
