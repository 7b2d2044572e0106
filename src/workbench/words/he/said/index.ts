/** What src/index/said.ts says, in Hebrew. */
export const index = {
  index_busy: "תהליך אחר כותב ברגע זה לאינדקס של המאגר.",
  index_rebuilding: "תהליך אחר בונה מחדש את האינדקס של המאגר.",
  index_failed: "לא היה אפשר להשתמש באינדקס: {why}",
  rebuild_index: "הפקודה placard index --rebuild בונה אותו מחדש; דבר אינו אובד איתו.",
  page_not_known: "העמוד הזה של הרשימה אינו מוכר.",
  list_beginning: "יש לחזור אל תחילת הרשימה.",
};
