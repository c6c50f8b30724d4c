// While a name, a phone or an address is typed, the editor says what may be there already.
// Without this file the same stands there once the draft is saved.
(() => {
  "use strict";
  const PAUSE_MS = 400;
  const box = document.querySelector("[data-look-alikes]");
  const form = box?.closest("form");
  if (!form) return;
  const list = box.querySelector("ul");
  const fields = box.dataset.fields.split(" ").filter((name) => form.elements[name]);
  let asked = as_query();
  let timer = 0;
  let asking = null; // the request under way

  function as_query() {
    return new URLSearchParams(fields.map((name) => [name, form.elements[name].value])).toString();
  }

  function lineOf({ name, reason, url }) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.className = "usa-link";
    link.href = url;
    link.lang = "en"; // the catalogue's language
    link.textContent = name;
    line.append(link, ` (${reason})`);
    return line;
  }

  function show(lines) {
    const made = lines.map(lineOf);
    const text = made.map((line) => line.textContent).join();
    if (text === [...list.children].map((line) => line.textContent).join()) return; // said already
    list.replaceChildren(...made);
    box.querySelector("[data-found]").hidden = made.length === 0;
  }

  async function ask() {
    const query = as_query();
    if (query === asked) return;
    asked = query;
    asking?.abort();
    asking = new AbortController();
    try {
      const join = box.dataset.lookAlikes.includes("?") ? "&" : "?";
      const answer = await fetch(`${box.dataset.lookAlikes}${join}${query}`, {
        signal: asking.signal,
      });
      if (answer.ok) show((await answer.json()).lines);
    } catch {
      // A newer question took its place, or there is no answer: the form works as it is.
    }
  }

  form.addEventListener("input", ({ target }) => {
    if (!fields.includes(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
})();
