// Names under the search box while one types: an ARIA 1.2 combobox with a list to choose from.
// Typing and Enter search as before; without this file nothing is missing but the list.
(() => {
  "use strict";
  const SHORTEST = 2;
  const PAUSE_MS = 150;
  const BOX = "input[data-suggestions]";

  const said = document.createElement("p");
  said.className = "usa-sr-only";
  said.setAttribute("role", "status");
  let timer = 0;
  let asking = null; // the request under way

  const listOf = (box) => document.getElementById(`${box.id}-suggestions`);
  const isOpen = (box) => box.getAttribute("aria-expanded") === "true";
  const active = (box) => document.getElementById(box.getAttribute("aria-activedescendant") || " ");

  function forget() {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  }

  function close(box) {
    forget();
    if (!isOpen(box)) return;
    listOf(box).hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    said.textContent = "";
  }

  function mark(box, line) {
    active(box)?.setAttribute("aria-selected", "false");
    if (!line) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    line.setAttribute("aria-selected", "true");
    line.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", line.id);
  }

  function lineOf(box, { kind, label, url }, number) {
    const line = document.createElement("li");
    line.className = "suggestions__line";
    line.id = `${box.id}-suggestion-${number}`;
    line.dataset.url = url;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.lang = "en"; // the catalogue's language
    name.textContent = label;
    const what = document.createElement("span");
    what.className = "suggestions__kind";
    what.textContent = box.dataset[kind];
    line.append(name, " ", what);
    return line;
  }

  function show(box, found) {
    const list = listOf(box);
    if (!list || document.activeElement !== box) return;
    mark(box, null);
    list.replaceChildren(...found.map((each, number) => lineOf(box, each, number)));
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
    said.textContent = found.length ? box.dataset.count.replace("#", found.length) : box.dataset.none;
  }

  async function ask(box) {
    forget();
    const typed = box.value.trim();
    if (typed.length < SHORTEST) {
      close(box);
      return;
    }
    const mine = (asking = new AbortController());
    try {
      const address = `${box.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.status);
      const { suggestions } = await answer.json();
      if (mine !== asking) return;
      show(box, suggestions);
    } catch {
      if (mine === asking) close(box); // the search itself works all the same
    }
  }

  function move(box, step) {
    const lines = [...listOf(box).children];
    const from = lines.indexOf(active(box));
    // Beyond either end nothing is marked, so that Enter searches for what was typed.
    const to = from < 0 && step < 0 ? lines.length - 1 : from + step;
    mark(box, lines[to]);
  }

  function onKey(event) {
    const box = event.target;
    if (!box.matches?.(BOX) || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const chosen = isOpen(box) && active(box);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen(box)) move(box, event.key === "ArrowDown" ? 1 : -1);
      else ask(box);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      go(box, chosen);
    } else if (event.key === "Escape" && isOpen(box)) {
      event.preventDefault(); // the first press closes the list, the second empties the box
      close(box);
    } else if (event.key === "Enter" || event.key === "Tab") {
      close(box);
    }
  }

  function go(box, line) {
    close(box);
    const to = new URL(line.dataset.url, location.href);
    // The shortlist goes along, as it does with every link.
    for (const kept of new FormData(box.form).getAll("saved")) to.searchParams.append("saved", kept);
    location.assign(to.href);
  }

  // A box may be swapped for a new one with the results around it.
  function prepare() {
    for (const box of document.querySelectorAll(BOX)) {
      if (listOf(box)) continue;
      const list = document.createElement("ul");
      list.className = "suggestions";
      list.id = `${box.id}-suggestions`;
      list.hidden = true;
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", box.dataset.label);
      box.parentElement.append(list);
    }
    for (const box of document.querySelectorAll(`${BOX}:not([role])`)) {
      const its = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list" };
      its["aria-controls"] = listOf(box).id;
      its["aria-expanded"] = "false";
      for (const [name, value] of Object.entries(its)) box.setAttribute(name, value);
    }
  }

  if (!document.querySelector(BOX)) return;
  document.body.append(said);
  prepare();
  document.addEventListener("htmx:beforeSwap", forget);
  document.addEventListener("htmx:afterSettle", prepare);
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", ({ target: box }) => {
    if (!box.matches(BOX)) return;
    forget();
    timer = setTimeout(ask, PAUSE_MS, box);
  });
  document.addEventListener("focusout", ({ target: box }) => box.matches(BOX) && close(box));
  document.addEventListener("submit", ({ target: form }) => {
    const box = form.querySelector(BOX);
    if (box) close(box);
  });
  // A press on the list leaves the focus in the box, so that the list is not closed under it.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".suggestions")) event.preventDefault();
  });
  document.addEventListener("click", ({ target }) => {
    const line = target.closest(".suggestions__line");
    if (line) go(line.closest(".suggestions").parentElement.querySelector(BOX), line);
  });
})();
