// A question, quicker: the count follows the answers, a filter finds a line, one answer excludes
// the others. Without this file the form is sent with its button and checked on the server.
(() => {
  "use strict";
  const PAUSE_MS = 150;
  const form = document.querySelector("form.question");
  if (!form) return;
  const fitting = document.getElementById("fitting");
  let timer = 0;
  let asking = null; // the request under way

  async function count() {
    asking?.abort();
    const mine = (asking = new AbortController());
    const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    try {
      const answer = await fetch(`${form.dataset.count}?${given}`, { signal: mine.signal });
      if (!answer.ok || mine !== asking) return;
      const { fitting: number } = await answer.json();
      fitting.textContent =
        number === 1 ? fitting.dataset.one : fitting.dataset.many.replace("#", number);
    } catch {
      // The count stays as it was; the form works all the same.
    }
  }

  // "None of these" and "Not sure" stand alone.
  function standAlone(box) {
    if (!box.checked || box.type !== "checkbox") return;
    const isAlone = "exclusive" in box.dataset;
    for (const other of form.querySelectorAll(`input[type=checkbox][name="${box.name}"]`)) {
      if (other !== box && (isAlone || "exclusive" in other.dataset)) other.checked = false;
    }
  }

  form.addEventListener("change", ({ target }) => {
    standAlone(target);
    clearTimeout(timer);
    timer = setTimeout(count, PAUSE_MS);
  });

  const filter = form.querySelector("[data-filter]");
  if (!filter) return;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const none = document.getElementById("no-need");
  form.querySelector("[data-filter-box]").hidden = false;

  function narrow() {
    const words = plain(filter.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const group of document.querySelector(filter.dataset.filter).querySelectorAll("fieldset")) {
      const title = plain(group.querySelector("legend").textContent);
      let shown = 0;
      for (const line of group.querySelectorAll("[data-choice]")) {
        const text = `${title} ${plain(line.textContent)}`;
        const isChosen = line.querySelector("input").checked;
        line.hidden = !isChosen && !words.every((word) => text.includes(word));
        if (!line.hidden) shown += 1;
      }
      group.hidden = shown === 0;
      found += shown;
    }
    none.textContent = found ? "" : none.dataset.none;
  }

  filter.addEventListener("input", narrow);
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it only narrows; the button goes on
  });
  window.addEventListener("pageshow", narrow);
})();
