/** What src/vault/said.ts says, in Hebrew. */
export const vault = {
  others_may_read: "אחרים במחשב הזה רשאים לקרוא את {path}; מי שקורא אותו יכול לחתום בשם המאגר הזה.",
  run_chmod: "יש להריץ: chmod {mode} {path}",
  key_missing: "המפתח של המאגר, {path}, חסר.",
  bring_keys_back: "יש להשיב את התיקייה keys מגיבוי; בלעדיה אי אפשר להוסיף דבר למאגר הזה.",
  key_not_read: "לא היה אפשר לקרוא את {path}: {why}",
  folder_permissions: "יש לבדוק של מי התיקייה ומה ההרשאות שלה; רק בעל המאגר יכול להשתמש במפתחות שלו.",
  no_private_key: "‏{path} אינו המפתח הפרטי שהוא אמור להיות.",
  bring_it_back: "יש להשיב אותו מגיבוי.",
  mail_account_unlike: "הדרך אל שרתי המייל אינה כתובה כפי שצריך.",
};
