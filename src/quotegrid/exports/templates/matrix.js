(() => {
  "use strict";
  const dialog = document.querySelector("dialog");
  const behind = dialog.querySelector(".behind");
  for (const link of document.querySelectorAll(".matrix td a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const cell = document.getElementById(link.hash.slice(1));
      dialog.querySelector("h2").textContent = link.getAttribute("aria-label");
      const quotes = [...cell.querySelectorAll(".quote")].map((quote) => {
        const copy = quote.cloneNode(true);
        copy.hidden = false;
        return copy;
      });
      behind.replaceChildren(...quotes);
      dialog.showModal();
      dialog.scrollTop = 0;
    });
  }
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  const filters = document.querySelector(".filters");
  const found = filters.querySelector(".found");
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const quotes = [...document.querySelectorAll(".theme .quote")].map((element) => ({
    element,
    group: element.dataset.group,
    area: element.dataset.area,
    text: folded(element.textContent),
  }));
  const cells = [...document.querySelectorAll(".cell")];
  const chosen = (name) => (filters.elements[name] ? filters.elements[name].value : "");
  const show = () => {
    const words = folded(chosen("words").trim());
    const group = chosen("group");
    const area = chosen("area");
    let shown = 0;
    for (const quote of quotes) {
      const fits =
        (!group || quote.group === group) && (!area || quote.area === area) && quote.text.includes(words);
      quote.element.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const cell of cells) cell.hidden = !cell.querySelector(".quote:not([hidden])");
    found.textContent = `${shown} of ${quotes.length} places with a quote are shown.`;
  };
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("input", show);
  filters.addEventListener("reset", () => setTimeout(show));
  filters.hidden = false;
  show();
})();
