// Shows one part of the page at a time. All but the conversation are Gradio's, which is loaded when
// the first of them is wanted and not before.
(() => {
  const ASK = "ask";
  let loading = null;

  // Gradio names the scheme by this class as well.
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colour = () => document.body.classList.toggle("dark", dark.matches);

  const links = () => [...document.querySelectorAll("#parts a[href^='#']")];
  const named = (hash) => links().find((link) => link.hash === hash);
  const wanted = () => named(location.hash)?.hash.slice(1) ?? ASK;
  const part = () => document.getElementById("gradio-part");

  const seen = (selector) =>
    new Promise((found) => {
      const look = () => {
        const element = part().querySelector(selector);
        if (!element) return;
        watch.disconnect();
        found(element);
      };
      const watch = new MutationObserver(look);
      watch.observe(part(), { childList: true, subtree: true });
      look();
    });

  // A script that came as text runs once it is made anew. The first kind of them only speaks to
  // pages that hold this one in a frame, which none may.
  const isNeeded = (one) => !one.textContent.includes("iframeResizer") && one.rel !== "manifest";
  const adopt = (one) => {
    const made = document.createElement(one.tagName);
    for (const { name, value } of one.attributes) made.setAttribute(name, value);
    made.textContent = one.textContent;
    document.head.append(made);
  };

  // Gradio lays out the first tab that it is told of, though nobody may want to see it.
  const begin = (name) => {
    const tabs = window.gradio_config.components.find(({ props }) => props.elem_id === "parts-tabs");
    tabs.props.selected = name;
  };

  const fetched = async (name) => {
    const reply = await fetch("parts", { credentials: "same-origin", cache: "no-store" });
    if (!reply.ok) throw new Error(reply.statusText);
    const theirs = new DOMParser().parseFromString(await reply.text(), "text/html");
    [...theirs.head.querySelectorAll("script, link[rel=stylesheet]")].filter(isNeeded).forEach(adopt);
    begin(name);
    part().replaceChildren(document.importNode(theirs.querySelector("gradio-app"), true));
    await seen("[role=tab]");
  };

  const load = (name) => {
    loading ??= fetched(name).catch((error) => {
      loading = null;
      throw error;
    });
    return loading;
  };

  const opened = async (name) => {
    if (!loading) part().innerHTML = '<p class="notice" role="status">Opening …</p>';
    try {
      await load(name);
    } catch {
      part().innerHTML =
        '<p class="trouble" role="alert">This part cannot be opened: the server cannot be reached. ' +
        "Reload the page.</p>";
      return;
    }
    const tabs = [...part().querySelectorAll("[role=tablist] [role=tab]")];
    tabs.find((tab) => tab.textContent.trim().toLowerCase() === name)?.click();
  };

  const show = () => {
    const name = wanted();
    const before = document.body.dataset.part;
    document.body.dataset.part = name;
    part().hidden = name === ASK;
    document.getElementById("ask-part").hidden = name !== ASK;
    for (const link of links()) {
      if (link.hash.slice(1) === name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (name !== ASK) opened(name);
    else if (before !== ASK) window.residency.renew();
  };

  // Gradio names each round button of a group otherwise, anew with each choice, and then the arrow
  // keys do not go from one to the next, nor is "2 of 3" told.
  let groups = 0;
  const groupRadios = () => {
    for (const group of part().querySelectorAll("fieldset")) {
      group.dataset.group ??= `group-${++groups}`;
      for (const one of group.querySelectorAll("input[type=radio]")) one.name = group.dataset.group;
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    colour();
    for (const used of ["focusin", "keydown"]) part().addEventListener(used, groupRadios);
    dark.addEventListener("change", colour);
    window.addEventListener("hashchange", show);
    const menu = document.getElementById("parts-toggle");
    const fold = (isOpen) => {
      document.body.classList.toggle("menu-open", isOpen);
      menu.setAttribute("aria-expanded", String(isOpen));
    };
    menu.addEventListener("click", () => fold(!document.body.classList.contains("menu-open")));
    document.getElementById("parts").addEventListener("click", () => fold(false));
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !document.body.classList.contains("menu-open")) return;
      fold(false);
      menu.focus();
    });
    show();
  });
})();
