/** Becoming known: signing in, in Hebrew. */
export const signIn = {
  title: "כניסה לחשבון.",
  email: "דואר אלקטרוני",
  password: "סיסמה",
  enter: "כניסה",
};
