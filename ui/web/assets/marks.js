// Shows the quotation of a mark while it is pointed at or focused.
(() => {
  const CARD = "quote-card";
  let leaving = 0;

  const card = () => document.getElementById(CARD);
  const hide = () => {
    card()?.remove();
    document.querySelector(`[aria-describedby=${CARD}]`)?.removeAttribute("aria-describedby");
  };
  const later = () => {
    leaving = window.setTimeout(hide, 200);
  };

  const place = (made, mark) => {
    const at = mark.getBoundingClientRect();
    const left = Math.min(at.left, document.documentElement.clientWidth - made.offsetWidth - 12);
    made.style.left = `${Math.max(12, left)}px`;
    const below = at.bottom + 8;
    const fits = below + made.offsetHeight < window.innerHeight;
    made.style.top = `${fits ? below : Math.max(8, at.top - made.offsetHeight - 8)}px`;
  };

  const show = (mark) => {
    window.clearTimeout(leaving);
    const found = mark
      .closest(".reply")
      ?.querySelector(`.sources li[data-mark="${mark.dataset.mark}"]`);
    if (!found) return;
    hide();
    const made = document.createElement("div");
    made.id = CARD;
    made.setAttribute("role", "tooltip");
    for (const part of [".quote", ".place"]) {
      const copy = found.querySelector(part).cloneNode(true);
      copy.querySelectorAll("a").forEach((link) => link.remove());
      made.append(copy);
    }
    mark.closest(".reply").append(made);
    mark.setAttribute("aria-describedby", CARD);
    place(made, mark);
  };

  const marked = (event) =>
    event.target instanceof Element ? event.target.closest(".reply a.cite[data-mark]") : null;
  const isCard = (event) => event.target instanceof Element && event.target.closest(`#${CARD}`);

  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      if (isCard(event)) window.clearTimeout(leaving);
      else if (marked(event)) show(marked(event));
    });
  }
  for (const kind of ["mouseout", "focusout"]) {
    document.addEventListener(kind, (event) => {
      if (isCard(event) || marked(event)) later();
    });
  }
  document.addEventListener("scroll", hide, { passive: true });
  document.addEventListener("click", hide);
  // Before others hear it: what the key closes is the card alone.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !card()) return;
      hide();
      event.stopImmediatePropagation();
    },
    true,
  );
})();
