/** A page gone through with keys alone: Tab until it is there, and what has the focus is always to be seen. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

const MOST_TABS = 80;

export interface Keys {
  /** On with Tab, or back with Shift and Tab, until it has the focus. */
  to(what: Locator, key?: "Tab" | "Shift+Tab"): Promise<void>;
  /** There, and Enter. */
  enter(what: Locator, key?: "Tab" | "Shift+Tab"): Promise<void>;
  /** There, and Space. */
  space(what: Locator, key?: "Tab" | "Shift+Tab"): Promise<void>;
  /** There, and typed over whatever stood in it. */
  type(what: Locator, text: string, key?: "Tab" | "Shift+Tab"): Promise<void>;
  /** There, and with the arrows to the choice of that name. */
  choose(what: Locator, label: string, key?: "Tab" | "Shift+Tab"): Promise<void>;
}

export function keysOf(page: Page): Keys {
  const to: Keys["to"] = async (what, key = "Tab") => {
    await what.waitFor();
    const passed: string[] = [];
    for (let i = 0; i < MOST_TABS; i++) {
      // Not at once: a screen that is still coming has other stops.
      await page.keyboard.press(key);
      const now = await page.evaluate(focused);
      passed.push(now.name.slice(0, 80));
      assert.ok(now.isSeen, `${now.name.slice(0, 80)} has the focus, and that is not to be seen`);
      if (await what.evaluate((element) => element === document.activeElement)) return;
    }
    assert.fail(`${key} does not lead to ${what}: ${passed.join(" | ")}`);
  };
  const pressAt =
    (pressed: string): Keys["enter"] =>
    async (what, key) => {
      await to(what, key);
      await page.keyboard.press(pressed);
    };
  return {
    to,
    enter: pressAt("Enter"),
    space: pressAt("Space"),
    type: async (what, text, key) => {
      await to(what, key);
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type(text);
    },
    choose: async (what, label, key) => {
      await to(what, key);
      const labels = await what.evaluate((select: HTMLSelectElement) => [...select.options].map((one) => one.label));
      const now = await what.evaluate((select: HTMLSelectElement) => select.selectedIndex);
      const steps = labels.indexOf(label) - now;
      assert.ok(labels.includes(label), labels.join());
      for (let i = 0; i < Math.abs(steps); i++) await page.keyboard.press(steps > 0 ? "ArrowDown" : "ArrowUp");
    },
  };
}

/** Runs in the page. Of what has the focus: what it is called, and whether that can be seen. */
export function focused(): { readonly name: string; readonly isSeen: boolean; readonly isFrame: boolean } {
  const active = document.activeElement;
  if (active === null || active === document.body) return { name: "", isSeen: true, isFrame: false };
  const labels = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active.labels : null;
  const named = active.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? active.textContent ?? "";
  // Of a field in a frame the frame is drawn round, of a switch what stands beside it.
  const around = [active, active.nextElementSibling, active.closest(".mantine-Input-input")];
  const isDrawn = around.some((one) => {
    if (one === null) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  });
  const { top, bottom } = active.getBoundingClientRect();
  return {
    name: named.replace(/\s*\*\s*$/, "").trim(),
    isSeen: isDrawn && bottom > 0 && top < innerHeight,
    isFrame: active.tagName === "IFRAME",
  };
}
