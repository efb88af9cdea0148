"use strict";
// Puts the talk on another page, by one script tag: a button, and the page itself in a frame.
// Nothing of this is seen by that page's own scripts and styles, nor the other way round.
(() => {
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const label = script.dataset.label || "Hỏi Một Cửa";

  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { position: fixed; z-index: 2147483000; right: 1rem; bottom: 1rem; font: 1rem/1.4 system-ui, sans-serif; }
    button { min-width: 44px; min-height: 44px; padding: .6rem 1.2rem; border: 2px solid #fff6e6; border-radius: 2rem;
      background: #8c1c1f; color: #fff6e6; font: inherit; font-weight: 600; cursor: pointer; }
    button:focus-visible { outline: 3px solid #0b4fb3; outline-offset: 2px; }
    section { position: fixed; right: 1rem; bottom: 1rem; display: flex; flex-direction: column; width: min(26rem, calc(100vw - 2rem));
      height: min(44rem, calc(100dvh - 2rem)); border-radius: 1rem; overflow: hidden; background: #8c1c1f; box-shadow: 0 4px 24px #0006; }
    section[hidden], button[hidden] { display: none; }
    section button { align-self: flex-end; margin: .3rem; }
    iframe { flex: 1; border: 0; background: #f8f3ea; }
    @media (max-width: 30rem) { section { inset: 0; width: auto; height: auto; border-radius: 0; } }
    @media print { :host { display: none; } }
  `);

  const element = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const host = document.createElement("motcua-talk");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style];
  const opener = element("button", { type: "button", textContent: label });
  const panel = element("section", { hidden: true, ariaLabel: label });
  const closer = element("button", { type: "button", textContent: "Đóng" });
  let frame = null;

  const show = (open) => {
    if (open && !frame) {
      frame = element("iframe", { src: `${home}/`, title: label }); // not before it is asked for
      panel.append(frame);
    }
    panel.hidden = !open;
    opener.hidden = open;
    (open ? frame : opener).focus();
  };
  opener.ariaExpanded = "false";
  opener.addEventListener("click", () => show(true));
  closer.addEventListener("click", () => show(false));
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && show(false));
  addEventListener("message", ({ origin, source, data }) => {
    if (origin === home && source === frame?.contentWindow && data === "motcua:close") show(false);
  });

  panel.append(closer);
  root.append(opener, panel);
  document.body.append(host);
})();
