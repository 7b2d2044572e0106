/** What letters say, in English. Written to be read by somebody who has much to read, and who may not know the group. */
export const en = {
  tag: "en-GB",
  subject: {
    first: "A question to you, from {group}",
    invitation: "An invitation to you, from {group}",
    request: "A request to you, from {group}",
    reminder: "Our question of {asked}, from {group}",
    thanks: "Thank you for your reply",
  },
  greeting: "Dear {name},",
  opening: {
    question: "we are {group}. We write to you as {office}, and would like to ask you this, in public:",
    request: "we are {group}. We write to you as {office}, and would like to ask this of you, in public:",
    invitation: "we are {group}. We write to you as {office}, and would like to invite you to a public forum:",
    reminder:
      "on {asked} we wrote to you as {office}, and have not found a reply. Ours may not have reached you, or yours may have crossed with this one; if so, please tell us, and we put it right. This is what we asked:",
    thanks: "thank you for your reply, which reached us on {came}.",
  },
  forum: {
    when: "When: {day}, {clock} ({zone})",
    where: "Where: {place}",
    chair: "In the chair: {chair}",
    calendar: "An entry for your calendar is attached.",
  },
  exhibits: {
    one: "It stands on one post that we keep as evidence, with its proof:",
    other: "It stands on {count} posts that we keep as evidence, each with its proof:",
  },
  by: "We would be glad of a reply by {day}, until the end of that day where you are ({zone}). If that is too soon for you, please tell us, and we will wait.",
  promise: {
    lead: "What we promise:",
    held: "Nothing is left out of it, and nothing is put between its lines; only private details, such as telephone numbers, are covered. This promise was sealed with the question, before this letter was sent, and anybody can check that.",
    none: "You owe us no reply. If none comes, we say that none was received by that day, how many times we asked, and whether we know that our letters arrived; and nothing more.",
  },
  reply: {
    lead: "How to reply, whichever suits you:",
    mail: "by e-mail, to {address}",
    post: "by post, to {address}",
    link: "on a page that is for you alone: {link}",
    page: "On that page you can also correct what we have wrong, and say how your reply is to be classed: as an answer, as a part of one, as a reason for not answering. What you say of it is shown beside what we say.",
  },
  count: "This is letter {number} of at most {most} about this question.",
  published: "As promised, it is published whole: {link}",
  classing:
    "How a reply is classed is never decided by one of us alone: one proposes it, another has to agree. You can say yourself how it is to be classed, on your own page; where that differs, both are shown: {link}",
  closing: "With kind regards,",
  signed: "for {group}",
};

export type LetterWords = typeof en;
