// "Choose all" ticks the boxes without a new page, so that nothing chosen below is lost.
(() => {
  "use strict";
  const link = document.querySelector("[data-select-all]");
  if (!link) return;
  const boxes = [...document.querySelectorAll(`input[name="${link.dataset.selectAll}"]`)];
  const areAll = () => boxes.every((box) => box.checked);

  function name() {
    link.textContent = areAll() ? link.dataset.none : link.dataset.all;
  }

  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const wanted = !areAll();
    for (const box of boxes) box.checked = wanted;
    name();
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return; // as a button does
    event.preventDefault();
    link.click();
  });
  document.addEventListener("change", name);
  name();
})();
