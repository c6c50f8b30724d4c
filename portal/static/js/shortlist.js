// The shortlist, quicker: copy its address, print it, and no more check marks than fit side by side.
// Without this file the buttons are not there; the address can be copied by hand.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      document.getElementById("copied").textContent = button.dataset.done;
    });
  }

  const form = document.querySelector("form[data-most]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("input[name=service]")];
  const limit = () => {
    const isFull = boxes.filter((box) => box.checked).length >= Number(form.dataset.most);
    for (const box of boxes) box.disabled = isFull && !box.checked;
  };
  form.addEventListener("change", limit);
  window.addEventListener("pageshow", limit); // a browser that goes back restores check marks late
})();
