"use strict";
// Letter size and contrast, set before the page is painted and remembered in this browser.
(() => {
  const root = document.documentElement;
  const smallest = -1;
  const largest = 3; // twice the size: large print

  const recall = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage may be forbidden: the controls still work on this page
    }
  };
  const keep = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // as above
    }
  };

  let size = Number(recall("motcua-size")) || 0;
  let contrast = recall("motcua-contrast") ?? String(matchMedia("(prefers-contrast: more)").matches);

  const show = () => {
    root.dataset.size = size = Math.min(largest, Math.max(smallest, size));
    root.dataset.contrast = contrast;
    for (const button of document.querySelectorAll("[data-contrast][aria-pressed]")) {
      button.setAttribute("aria-pressed", contrast);
    }
  };

  root.classList.add("js");
  show();

  // What is folded on a small screen lies open on a wide one.
  const wide = matchMedia("(min-width: 48rem)");
  const fold = () => {
    for (const part of document.querySelectorAll("details[data-fold]")) part.open = wide.matches;
  };
  wide.addEventListener("change", fold);

  // Before the other script, which scrolls to the newest answer.
  document.addEventListener("readystatechange", () => {
    show();
    fold();
    for (const button of document.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => {
        const step = Number(button.dataset.step);
        size = step ? size + step : 0;
        show();
        keep("motcua-size", size);
      });
    }
    for (const button of document.querySelectorAll("[data-print]")) {
      button.addEventListener("click", () => print());
    }
    for (const button of document.querySelectorAll("button[data-contrast]")) {
      button.addEventListener("click", () => {
        contrast = String(contrast !== "true");
        show();
        keep("motcua-contrast", contrast);
      });
    }
  }, { once: true });
})();
