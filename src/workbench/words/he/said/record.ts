/** What src/record/said.ts says, in Hebrew. */
export const record = {
  not_an_id: "‏{text} אינו מזהה של פוסט.",
  id_looks_like: "מזהה נראה כך: PLC-7G2K-93MD-0QXT-V4HB; הוא כתוב ליד הקוד שעל השלט, וברשימת הפוסטים.",
  other_format: "המאגר הזה הוא בתבנית {format}; התוכנה הזאת קוראת תבנית 1.",
  newest_version: "יש להפעיל עליו את הגרסה החדשה ביותר של Placard.",
  no_record_file: "הקובץ record.json אינו מתאר מאגר: {where} אינו כפי שצריך.",
  never_changes: "יש להשיב אותו מגיבוי; הוא אינו משתנה לעולם אחרי placard init.",
};
