// The editor keeps what was typed every few seconds and on leaving, counts the sentence, and says
// what the meter says. Without this file "Save draft" does the same.
(() => {
  "use strict";
  const PAUSE_MS = 3000;
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const said = document.getElementById("draft-state");
  let kept = as_text();
  let timer = 0;
  let isLeaving = false;

  function as_text() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  function list(id, lines) {
    const box = document.getElementById(id);
    if (!box) return;
    box.replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement(box.dataset.line), { textContent: line })),
    );
    box.closest("[data-box]").hidden = lines.length === 0;
  }

  async function keep() {
    const text = as_text();
    if (text === kept || isLeaving) return;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new URLSearchParams(text),
      });
      if (!answer.ok) throw new Error(answer.status);
      kept = text;
      const { saved, meter, hints } = await answer.json();
      said.textContent = saved;
      list("meter", meter);
      list("hints", hints);
    } catch {
      said.textContent = form.dataset.unsaved;
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.formTarget === "_blank") return;
    isLeaving = true; // the form itself carries what was typed
    clearTimeout(timer);
  });

  // The page may be gone before an answer comes, so nobody waits for it.
  function leave() {
    const text = as_text();
    if (text === kept || isLeaving) return;
    if (navigator.sendBeacon(form.dataset.draft, new URLSearchParams(text))) kept = text;
  }

  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
})();
