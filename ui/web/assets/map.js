// The map of places: it is moved with the pointer or the arrow keys, and made larger with buttons,
// with + and -, or with the wheel while Ctrl is held. Names stand on countries that have room.
(() => {
  const STEP = 1.5, MOST = 12, ROOM = 7;
  const views = new WeakMap();
  let left = null; // What the map showed before it was drawn anew.

  const sizeOf = (svg) => {
    const [, , width, height] = svg.dataset.whole.split(" ").map(Number);
    return { width, height };
  };

  const draw = (svg) => {
    const { x, y, scale } = views.get(svg), { width, height } = sizeOf(svg);
    svg.setAttribute("viewBox", `${x} ${y} ${width / scale} ${height / scale}`);
    svg.classList.toggle("atlas-moves", scale > 1);
    left = { x, y, scale };
    name(svg, scale);
  };

  // Names are as large at every scale; one that is wider than its country is left out.
  const name = (svg, scale) => {
    const pixel = sizeOf(svg).width / scale / Math.max(svg.clientWidth, 1);
    svg.querySelectorAll(".atlas-name").forEach((one) => {
      const room = Number(one.dataset.room) / pixel;
      const shown = room > one.textContent.length * ROOM;
      one.style.display = shown ? "" : "none";
      one.style.fontSize = `${11 * pixel}px`;
      one.style.strokeWidth = `${3 * pixel}px`;
    });
  };

  const change = (svg, factor, at) => {
    const view = views.get(svg), { width, height } = sizeOf(svg);
    const scale = Math.min(MOST, Math.max(1, view.scale * factor));
    const point = at ?? { x: view.x + width / view.scale / 2, y: view.y + height / view.scale / 2 };
    move(svg, {
      scale,
      x: point.x - ((point.x - view.x) * view.scale) / scale,
      y: point.y - ((point.y - view.y) * view.scale) / scale,
    });
  };

  const move = (svg, view) => {
    const { width, height } = sizeOf(svg);
    const within = (value, most) => Math.min(Math.max(value, 0), most);
    views.set(svg, {
      scale: view.scale,
      x: within(view.x, width - width / view.scale),
      y: within(view.y, height - height / view.scale),
    });
    draw(svg);
  };

  const place = (svg, event) =>
    new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());

  // A name stands on the largest part of a country, not between it and its islands.
  const mainland = (svg, path) => {
    const probe = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.append(probe);
    const boxes = path.getAttribute("d").split(/(?=M)/).map((part) => {
      probe.setAttribute("d", part);
      return probe.getBBox();
    });
    probe.remove();
    return boxes.reduce((best, box) => (box.width * box.height > best.width * best.height ? box : best));
  };

  const label = (svg) => {
    svg.querySelectorAll(".atlas-country[data-name]").forEach((country) => {
      const path = country.querySelector("path");
      if (!path) return;
      const box = mainland(svg, path); // In tenths of the picture's pixels.
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.setAttribute("class", "atlas-name");
      text.setAttribute("x", (box.x + box.width / 2) / 10);
      text.setAttribute("y", (box.y + box.height / 2) / 10);
      text.dataset.room = box.width / 10;
      text.textContent = country.dataset.name;
      svg.append(text);
    });
  };

  const begin = (svg) => {
    svg.dataset.whole = svg.getAttribute("viewBox");
    views.set(svg, left ?? { x: 0, y: 0, scale: 1 });
    label(svg);
    draw(svg);
  };

  new MutationObserver(() => {
    document.querySelectorAll(".atlas-map:not([data-whole])").forEach((svg) => {
      // A part of the page that is not shown has no sizes.
      if (svg.clientWidth) begin(svg);
    });
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["style", "class", "hidden"] });

  const mapOf = (event) => (event.target instanceof Element ? event.target.closest(".atlas") : null)
    ?.querySelector(".atlas-map[data-whole]");

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-zoom]");
    const svg = button && mapOf(event);
    if (!svg) return;
    if (button.dataset.zoom === "0") move(svg, { x: 0, y: 0, scale: 1 });
    else change(svg, button.dataset.zoom === "+" ? STEP : 1 / STEP);
  });

  document.addEventListener("keydown", (event) => {
    const frame = event.target instanceof Element && event.target.closest(".atlas-scroll");
    const svg = frame?.querySelector(".atlas-map[data-whole]");
    if (!svg || event.ctrlKey || event.metaKey || event.altKey) return;
    const view = views.get(svg), step = sizeOf(svg).width / view.scale / 10;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (event.key === "+" || event.key === "=") change(svg, STEP);
    else if (event.key === "-") change(svg, 1 / STEP);
    else if (event.key === "0") move(svg, { x: 0, y: 0, scale: 1 });
    // The whole map cannot be moved: its keys move the page.
    else if (moves[event.key] && view.scale > 1) {
      const [x, y] = moves[event.key];
      move(svg, { ...view, x: view.x + x, y: view.y + y });
    } else return;
    event.preventDefault();
  });

  document.addEventListener("wheel", (event) => {
    const svg = event.ctrlKey && mapOf(event);
    if (!svg) return;
    event.preventDefault();
    change(svg, event.deltaY < 0 ? STEP : 1 / STEP, place(svg, event));
  }, { passive: false });

  let drag = null;
  document.addEventListener("pointerdown", (event) => {
    const svg = event.target instanceof Element && event.target.closest(".atlas-map[data-whole]");
    if (svg && event.button === 0 && views.get(svg).scale > 1) {
      drag = { svg, from: [event.clientX, event.clientY], view: views.get(svg), moved: false };
    }
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const { svg, from, view } = drag, { width } = sizeOf(svg);
    const unit = width / view.scale / svg.clientWidth;
    const [x, y] = [event.clientX - from[0], event.clientY - from[1]];
    drag.moved ||= Math.hypot(x, y) > 4;
    if (drag.moved) move(svg, { ...view, x: view.x - x * unit, y: view.y - y * unit });
  });
  document.addEventListener("pointerup", () => {
    const moved = drag?.moved;
    drag = null;
    // Who lets go of the map has chosen no country.
    if (moved) {
      const stop = (event) => event.stopPropagation();
      document.addEventListener("click", stop, { capture: true, once: true });
      setTimeout(() => document.removeEventListener("click", stop, { capture: true }));
    }
  });
})();
