/** What src/show/said.ts says, in Hebrew. */
export const show = {
  quotation_too_long: "הציטוט ארוך מ־{count} תווים.",
  quote_part: "כדאי לצטט את החלק החשוב.",
  headline_empty: "הכותרת ריקה.",
  one_to_seven: "יש לתת מילה אחת עד שבע.",
  headline_words: "בכותרת יש {count} מילים; מי שעובר ליד שלט קורא לכל היותר {most}.",
  seven_words: "כדאי לומר זאת בשבע מילים או פחות; הציטוט יכול להיות ארוך יותר.",
  not_in_code: "אי אפשר להכניס את ״{url}״ לקוד ה־QR.",
  capitals: "יש לתת כתובת באותיות גדולות (A–Z, ‏0–9 ו־$%*+-./:) של 120 תווים לכל היותר.",
  label_too_long: "השדה {what} ארוך מ־{count} תווים.",
  too_many_witnesses: "יש יותר מ־64 עדים, או שלאחד מהם שם ארוך מאוד.",
  placards_at_once: "יש {count} שלטים להדפסה; 1 עד {most} אפשריים בבת אחת.",
  no_such_sheet: "אין גיליון ״{size}״.",
  choose_sheet: "יש לבחור A4, ‏A3, ‏A2 או A1.",
  print_stopped: "ההדפסה נעצרה.",
  screenshot_unreadable: "אי אפשר לקרוא את צילום המסך כתמונת PNG.",
  screenshot_over_64: "צילום המסך גדול מ־64 מגה־בייט.",
  screenshot_no_png: "צילום המסך אינו תמונת PNG.",
  no_typeface: "אין כאן גופן שיכול להציג את כל מה שיש ב־{id}: {missing}.",
  install_typeface: "יש להתקין במחשב הזה גופן לתווים האלה, למשל אחד מגופני Noto, ולהדפיס שוב. דבר לא הודפס.",
  headline_small:
    "הכותרת של {id} אינה נכנסת ל־{size} בגודל הדרוש: אותיותיה יהיו בגובה {height} מ״מ, ודרושים {least} מ״מ כדי לקרוא אותן מרחוק.",
  shorter_headline: "כדאי לבחור מילים מעטות או קצרות יותר, או לשים מקף רך במקום שמילה ארוכה יכולה להישבר.",
  shorter_or_larger:
    "כדאי לבחור מילים מעטות או קצרות יותר, להדפיס על {larger}, או לשים מקף רך במקום שמילה ארוכה יכולה להישבר.",
};
