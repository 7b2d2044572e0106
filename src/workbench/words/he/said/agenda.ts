/** What src/agenda/said.ts says, in Hebrew. */
export const agenda = {
  one_link_a_line: "יש לתת קישור אחד בכל שורה, או טבלה שיש בה קישורים.",
  list_over_8: "הרשימה ארוכה מ־8 מגה־בייט.",
  agenda_busy: "תהליך אחר כותב ברגע זה לרשימת העבודה של המאגר.",
};
