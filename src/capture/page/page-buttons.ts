/** Finding what can be pressed on a page and leads nowhere else, and where it stands. Evaluated in the page. */

const MOST_BUTTONS = 200;

/** Source of a function that returns the elements, in the page's order. A link to another page is not among them, nor is anything in a form with something to fill in. */
export const FIND_BUTTONS = `() => {
  const here = location.href.split("#", 1)[0];
  const staysHere = (link) => !link.hasAttribute("href") || /^javascript:/i.test(link.getAttribute("href")) || (link.getAttribute("href").includes("#") && link.href.split("#", 1)[0] === here);
  const asks = (form) => form !== null && [...form.elements, ...form.querySelectorAll("[contenteditable]")].some((field) => field.matches("input:not([type=hidden], [type=submit], [type=button], [type=checkbox], [type=radio], [type=image]), textarea, [contenteditable]"));
  return [...document.querySelectorAll("button, [role=button], input[type=button], input[type=submit], summary, a")]
    .filter((element) => {
      if (element.matches("a") ? !staysHere(element) : element.closest("a[href]") && !staysHere(element.closest("a[href]"))) return false;
      if (element.disabled || asks(element.form ?? element.closest("form")) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && (element.value ?? "").length + element.innerText.length + (element.ariaLabel ?? "").length < 200;
    })
    .slice(0, ${MOST_BUTTONS});
}`;

/** What takes a press for itself, or hands it on: what lies within a button may be another one, a frame of another site, or a box that is ticked. */
const TAKES =
  "a, button, input, select, textarea, label, summary, iframe, frame, object, embed, audio, video, area, [role=button], [role=link], [role=checkbox], [role=switch], [contenteditable]";

/**
 * Source of a function that brings the `at`th of them into view and returns the middle of it, or null where a press there would not be on it and
 * nothing else.
 */
export const POINT_AT = `(at, label) => {
  const element = (${FIND_BUTTONS})()[at];
  if (!element) return null;
  const own = element.value && element.matches("input") ? element.value : element.innerText || element.ariaLabel;
  if (String(own).slice(0, 200).trim() !== label) return null;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const box = element.getClientRects()[0];
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  let touched = document.elementFromPoint(x, y);
  if (!touched || !element.contains(touched)) return null;
  for (let inner = touched; inner && inner.shadowRoot; ) {
    inner = touched.shadowRoot.elementFromPoint(x, y);
    if (inner === touched) break;
    touched = inner ?? touched;
  }
  const takes = (one) => one?.closest("${TAKES}") ?? (one?.getRootNode().host ? takes(one.getRootNode().host) : null);
  return takes(touched) === element && (element.matches("button, input") || !element.closest("label")) ? [x, y] : null;
}`;
