"use strict";
// The page works without this file; with it, answers come without reloading.
(() => {
  const find = (id) => document.getElementById(id);
  const talk = find("talk");
  const box = find("text");
  const region = find("history");
  const turns = find("turns");
  const choices = find("choices");
  const news = find("news");
  const attach = find("attach");
  const proof = find("proof");

  const PATIENCE = 30000; // milliseconds for an answer
  const UPLOAD = 120000; // milliseconds for a file
  const REOPEN = 5000; // milliseconds, where the browser gives a stream up for good; doubled each time
  const SELDOM = 60000; // milliseconds, up to this
  const UNSENT = "motcua-unsent"; // names in this tab's own memory, which is gone with the tab
  const DRAFT = "motcua-draft";
  const LINK = /https:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]]/g;
  const ITEM = /^(?:[0-9]+\.|-) /;
  const SENTENCE = /[.?!:;]$/;

  const mine = new Map(); // id of a message sent from here → its turn on the page
  const onPage = new Set(); // numbers of exchanges shown by this script
  const rendered = Number(document.body.dataset.after); // the last that the server has shown
  let newest = rendered;
  let answered = rendered; // the last exchange that a citizen began
  let heard = rendered; // the last that came by the stream, from where it resumes
  let stream = null;
  let rest = REOPEN;
  const cut = new Map(); // id of a message that met a cut line → what sends it again

  const recall = (name) => {
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch {
      return null; // storage may be forbidden: the page then remembers nothing over a reload
    }
  };
  const keep = (name, value) => {
    try {
      sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      // as above
    }
  };
  const unsent = () => recall(UNSENT) ?? [];
  const settle = (id) => keep(UNSENT, unsent().filter((one) => one.id !== id));

  const element = (tag, text) => {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  };

  // Not randomUUID: browsers give it to https pages only.
  const newId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");

  const linked = (text) => {
    const pieces = [];
    let end = 0;
    for (const { 0: address, index } of text.matchAll(LINK)) {
      const link = element("a", address);
      link.href = address;
      link.rel = "noopener";
      pieces.push(text.slice(end, index), link);
      end = index + address.length;
    }
    return [...pieces, text.slice(end)];
  };

  const paragraphs = (text) =>
    text.trim().split(/\n\s*\n/).map((part, index, all) => {
      const made = element("p", "");
      made.append(...part.split("\n").map((line) => {
        const span = element("span", "");
        span.append(...linked(line));
        span.className = ITEM.test(line) ? "item" : "";
        return span;
      }));
      const isTitle = !index && all.length > 1 && !part.includes("\n") && !SENTENCE.test(part);
      made.className = isTitle ? "title" : "";
      return made;
    });

  const handedOut = (files) =>
    files.map((path) => {
      const link = find("file").content.cloneNode(true).firstElementChild;
      link.querySelector("a").href = `/forms/${path.split("/").map(encodeURIComponent).join("/")}`;
      link.querySelector("a").textContent = `Tải ${path.split("/").at(-1)}`;
      return link;
    });

  const printed = (page) => {
    if (!page) return [];
    const link = find("printed").content.cloneNode(true).firstElementChild;
    link.querySelector("a").href = page;
    return [link];
  };

  const lay = (said) => {
    const turn = find("blank").content.cloneNode(true).firstElementChild;
    turn.querySelector(".words").textContent = said;
    turns.append(turn);
    return turn;
  };

  const setFate = (turn, fate) => {
    turn.querySelector(".fate")?.remove();
    if (fate) turn.querySelector(".said").append(fate);
  };

  const buttons = (offered, unasked) =>
    offered.map(({ label, sends }) => {
      const button = element("button", label);
      button.setAttribute("form", "talk");
      button.name = "choice";
      button.value = sends;
      button.dataset.unasked = unasked;
      return button;
    });

  // What is offered unasked stands before the choices of the last answer, until the next one.
  const offer = (id, offered, unasked) => {
    if (unasked) {
      if (id < answered) return;
      const again = ({ value, textContent }) =>
        offered.some(({ label, sends }) => sends === value && label === textContent);
      Array.from(choices.children).filter(again).forEach((button) => button.remove());
      choices.prepend(...buttons(offered, id));
    } else {
      answered = id;
      const later = Array.from(choices.children).filter((one) => one.dataset.unasked > id);
      choices.replaceChildren(...later, ...buttons(offered, ""));
    }
    if (!unasked || !turns.querySelector(".waiting")) choices.hidden = !choices.children.length;
  };

  // An answer comes twice, to the sender and by the stream; it is shown once.
  const arrive = ({ id, external_id, said, reply }) => {
    let turn = mine.get(external_id);
    settle(external_id);
    if (id <= rendered) turn?.remove(); // sent before a reload; the page shows it already
    if (turn && said !== undefined) turn.querySelector(".words").textContent = said;
    if (onPage.has(id) || id <= rendered) return;
    onPage.add(id);
    turn ??= lay(said);
    const unasked = said === "";
    if (unasked) turn.querySelector(".said").remove();
    else setFate(turn, null);
    turn.className = "turn";
    turn.dataset.id = id;
    const answer = turn.querySelector(".reply");
    answer.append(...paragraphs(reply.text), ...handedOut(reply.files), ...printed(reply.page));
    answer.hidden = false;
    // The answer to the sender may overtake what the stream brings.
    const later = (one) => one.matches(".waiting") || one.dataset.id > id;
    turns.insertBefore(turn, Array.from(turns.children).find(later) ?? null);
    if (id > newest) {
      newest = id;
      find("newest")?.removeAttribute("id");
      turn.id = "newest";
    }
    if (id < answered && !unasked) return;
    offer(id, reply.choices, unasked);
    if (!unasked) attach.hidden = !reply.takes_files;
    news.replaceChildren(reply.text);
    turn.scrollIntoView({ block: unasked ? "nearest" : "start" });
  };

  const fail = (turn, id, request, why) => {
    if (!turn.classList.contains("waiting")) return; // the stream brought the answer meanwhile
    const fate = find("unsent").content.cloneNode(true).firstElementChild;
    if (why) fate.querySelector(".why").textContent = why;
    else cut.set(id, () => deliver(turn, id, request));
    fate.querySelector("button").addEventListener("click", () => {
      box.focus({ preventScroll: true });
      deliver(turn, id, request);
    });
    setFate(turn, fate);
    choices.hidden = !choices.children.length;
    turn.scrollIntoView({ block: "nearest" });
  };

  const deliver = async (turn, id, request) => {
    cut.delete(id);
    setFate(turn, find("blank").content.querySelector(".fate").cloneNode(true));
    try {
      const response = await request();
      const answer = await response.json();
      if (response.ok && answer.id !== null) {
        arrive({ id: answer.id, external_id: id, reply: answer.reply });
      } else {
        if ([400, 413].includes(response.status)) settle(id); // it would be refused again
        fail(turn, id, request, answer.error ?? answer.reply.text);
      }
    } catch {
      fail(turn, id, request);
    }
  };

  const post = (address, patience, headers, body) =>
    fetch(address, { method: "POST", headers, body, signal: AbortSignal.timeout?.(patience) });

  const begin = (id, label, request) => {
    const turn = lay(label);
    turn.className = "turn waiting";
    mine.set(id, turn);
    choices.hidden = true;
    turn.scrollIntoView({ block: "nearest" });
    return deliver(turn, id, request);
  };

  const say = ({ id, text, label }) => {
    const body = JSON.stringify({ id, text });
    return begin(id, label, () => post("/messages", PATIENCE, { "Content-Type": "application/json" }, body));
  };

  const send = (text, label) => {
    const message = { id: newId(), text, label };
    keep(UNSENT, [...unsent(), message]);
    say(message);
  };

  // One after another, as they were written; under its own id nothing is said twice.
  const sendAgain = async () => {
    for (const id of [...cut.keys()]) await cut.get(id)?.();
  };
  const sendKept = async () => {
    for (const message of unsent()) await say(message);
  };

  const sendFile = () => {
    const id = newId();
    const body = new FormData(attach);
    body.set("id", id);
    attach.reset();
    begin(id, attach.dataset.said, () => post("/files", UPLOAD, { Accept: "application/json" }, body));
  };

  const listen = () => {
    if (document.hidden || (stream && stream.readyState !== EventSource.CLOSED)) return;
    stream = new EventSource(`/events?after=${heard}`);
    stream.onmessage = ({ data }) => {
      const exchange = JSON.parse(data);
      heard = exchange.id;
      arrive(exchange);
    };
    stream.onopen = () => {
      rest = REOPEN;
      sendAgain();
    };
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) return;
      setTimeout(listen, rest);
      rest = Math.min(2 * rest, SELDOM);
    };
  };

  talk.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    keep(DRAFT, "");
    box.focus({ preventScroll: true });
    send(text, text);
  });

  proof.addEventListener("change", () => {
    const large = proof.files[0]?.size > Number(attach.dataset.most);
    proof.setCustomValidity(large ? attach.dataset.large : "");
    proof.reportValidity();
  });

  attach.addEventListener("submit", (event) => {
    event.preventDefault();
    sendFile();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=choice]");
    if (!button) return;
    event.preventDefault();
    // The tapped button goes away; on a telephone the box would open the keyboard over the answer.
    const typing = matchMedia("(hover: hover)").matches || event.detail === 0;
    (typing ? box : region).focus({ preventScroll: true });
    send(button.value, button.textContent);
  });

  box.addEventListener("keydown", (event) => {
    // While a Vietnamese keyboard composes a letter, Enter belongs to it (229: older Safari).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    talk.querySelector(".send").click();
  });

  box.addEventListener("input", () => keep(DRAFT, box.value));

  // In the frame of another page Escape belongs to that page's way back.
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && parent !== window) parent.postMessage("motcua:close", "*");
  });

  // Browsers open six lines to a host: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => (document.hidden ? stream?.close() : listen()));

  addEventListener("online", () => {
    listen();
    sendAgain();
  });

  box.value ||= recall(DRAFT) ?? "";
  sendKept();
  listen();
  if (rendered && !location.hash) find("newest")?.scrollIntoView({ block: "start", behavior: "instant" });
})();
