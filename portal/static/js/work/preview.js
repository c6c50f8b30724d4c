// Beside the editor, the listing as visitors will see it, drawn anew while somebody types. An older
// request is given up for a newer one, and neither the focus nor what is scrolled to moves.
// Without this file a button opens the same in a tab of its own.
// (Not htmx: it reports each request that it gives up as an error on the console.)
(() => {
  "use strict";
  const PAUSE_MS = 600;
  const WIDE = window.matchMedia("(min-width: 64em)");
  const box = document.querySelector("[data-live]");
  if (!box) return;
  const listing = document.getElementById("live");
  const failed = box.querySelector("[data-live-failed]");
  const form = document.querySelector(".editor");
  let timer = 0;
  let asked = null; // what can give up the last request

  async function look() {
    clearTimeout(timer);
    if (!box.open) return;
    asked?.abort();
    const own = (asked = new AbortController());
    listing.setAttribute("aria-busy", "true");
    let html = "";
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(box.dataset.live, { method: "POST", body, signal: own.signal });
      if (answer.ok) html = await answer.text();
    } catch {
      // Given up, or no answer: told apart below.
    }
    if (own !== asked) return;
    listing.removeAttribute("aria-busy");
    // Somebody who was signed out meanwhile is answered with another page, which has no place here.
    const found = new DOMParser().parseFromString(html, "text/html").querySelector("[data-live-listing]");
    failed.hidden = found !== null;
    if (found) listing.replaceChildren(found);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  box.addEventListener("toggle", look);

  // A link of the preview must not lead away from what is being written.
  listing.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) link.target = "_blank";
  });

  box.hidden = false;
  box.open = WIDE.matches;
})();
