// The results page, quicker: a changed filter searches at once, and what was open stays open.
// Without this file, or without htmx, the same form is sent with its button.
(() => {
  "use strict";
  const WIDE = window.matchMedia("(min-width: 60em)");
  const results = () => document.getElementById("results");
  if (!results() || !window.htmx) return;
  document.documentElement.classList.add("searches-at-once");

  let boxes = new Map();
  let goesToTop = false;
  let kept = null; // the link that put a program on the shortlist or took it off

  // On a phone several filters are chosen before the button is pressed.
  document.addEventListener("change", ({ target }) => {
    if (target.form?.id !== "search-form" || target.id === "q") return;
    if (WIDE.matches || target.id === "sort") target.form.requestSubmit();
  });

  // Addresses carry only what was chosen, and no place to scroll to where nothing is to move.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.elt.matches("[data-stays]")) detail.path = detail.path.split("#")[0];
    for (const [name, value] of [...detail.formData]) {
      if (value === "" || (name === "sort" && value === "relevance")) detail.formData.delete(name);
    }
  });

  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    goesToTop = detail.elt.matches("[data-to-top]");
    const { id, dataset } = detail.elt;
    kept = "stays" in dataset && { id, done: dataset.done, top: detail.elt.getBoundingClientRect().top };
    results().setAttribute("aria-busy", "true");
  });

  // An answer without results is a page of its own.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id !== "results") return;
    if (detail.shouldSwap && !detail.serverResponse.includes('id="results"')) {
      detail.shouldSwap = false;
      location.assign(detail.pathInfo.finalRequestPath);
    }
    boxes = new Map([...document.querySelectorAll("#results details")].map((box) => [box.id, box.open]));
  });

  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
  }

  document.addEventListener("htmx:afterSwap", () => {
    for (const box of document.querySelectorAll("#results details")) {
      if (boxes.has(box.id)) box.open = boxes.get(box.id);
    }
  });

  // The program is where it was, its link has the focus, and what was done is said; once for
  // each part of the page that was swapped, to the same effect.
  function stay() {
    document.getElementById("announcer").textContent = kept.done;
    const link = document.getElementById(kept.id);
    link?.focus({ preventScroll: true });
    if (link) scrollBy({ top: link.getBoundingClientRect().top - kept.top, behavior: "instant" });
  }

  document.addEventListener("htmx:afterSettle", () => {
    const found = document.getElementById("found");
    document.getElementById("announcer").textContent = found.textContent;
    // The head of the page is not swapped with the results.
    const feed = document.getElementById("feed");
    if (feed) document.querySelector("link[type='application/atom+xml']")?.setAttribute("href", feed.href);
    if (kept) {
      stay();
      return;
    }
    // What had the focus is gone after a page link, a removed tag, or the button in the filters.
    if (goesToTop || document.activeElement === document.body || !WIDE.matches) {
      found.focus({ preventScroll: true });
      if (goesToTop || !WIDE.matches) found.scrollIntoView();
    }
    goesToTop = false;
  });
})();
