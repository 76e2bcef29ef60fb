// The list of conversations: beside the conversation where there is room, a drawer where not.
(() => {
  const KEPT = "residency-conversations";
  const ROOM = window.matchMedia("(min-width: 1200px)");
  const body = () => document.body;
  const toggle = () => document.getElementById("rail-toggle");

  const set = (isOpen) => {
    body().classList.toggle("rail-open", isOpen);
    toggle().setAttribute("aria-expanded", String(isOpen));
    if (isOpen) window.residency.list();
  };
  const isOpen = () => body().classList.contains("rail-open");
  const isDrawer = () => isOpen() && !ROOM.matches;
  const isWanted = () => ROOM.matches && localStorage.getItem(KEPT) !== "closed";

  const change = (open) => {
    set(open);
    if (ROOM.matches) localStorage.setItem(KEPT, open ? "open" : "closed");
    else if (open) document.getElementById("rail").focus();
    else toggle().focus();
  };

  document.addEventListener("DOMContentLoaded", () => {
    set(isWanted());
    ROOM.addEventListener("change", () => set(isWanted()));
    toggle().addEventListener("click", () => {
      if (body().dataset.part !== "ask") {
        location.hash = "#ask";
        change(true);
      } else change(!isOpen());
    });
    document.getElementById("rail-close").addEventListener("click", () => change(false));
  });
  document.addEventListener("click", (event) => {
    if (!isDrawer() || !(event.target instanceof Element)) return;
    const isOutside = !event.target.closest("#rail, #rail-toggle");
    if (isOutside || event.target.closest("#rail .open")) change(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isDrawer()) change(false);
  });
})();
