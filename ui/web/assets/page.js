// Opens passages beside what is read, and copies answers. Without it the links open pages.
(() => {
  let opener = null;
  // The answer whose sources are shown; none where a link of another part was opened.
  let reply = null;

  const panel = () => {
    let aside = document.getElementById("source-panel");
    if (aside) return aside;
    aside = document.createElement("aside");
    aside.id = "source-panel";
    aside.setAttribute("aria-label", "Source");
    aside.innerHTML =
      '<div class="source-bar"><button type="button" class="source-all tool">All sources</button>' +
      '<a class="source-tab" target="_blank" rel="noopener">Open in a new tab</a>' +
      '<button type="button" class="source-close tool">Close</button></div>' +
      '<p class="source-name"></p>' +
      '<div class="source-body" tabindex="0" role="region" aria-label="Passage"></div>';
    aside.querySelector(".source-close").addEventListener("click", close);
    aside.querySelector(".source-all").addEventListener("click", () => list(reply, opener));
    document.body.appendChild(aside);
    return aside;
  };

  // On a wide screen the page moves aside, so that both can be read.
  const makeRoom = () => {
    const aside = document.getElementById("source-panel");
    const beside = aside && window.innerWidth >= 1000;
    for (const part of document.querySelectorAll("#ask-part, #gradio-part")) {
      part.style.setProperty("padding-right", beside ? `${aside.offsetWidth}px` : "");
    }
  };
  window.addEventListener("resize", makeRoom);

  const shut = () => {
    document.getElementById("source-panel")?.remove();
    makeRoom();
  };
  const close = () => {
    shut();
    if (opener?.isConnected) opener.focus();
  };

  // The panel, set up for what is opened in it; what it is opened from gets the focus back.
  const prepared = (from, isList) => {
    const aside = panel();
    if (!aside.contains(from)) {
      opener = from;
      reply = from.closest(".reply");
    }
    aside.querySelector(".source-all").hidden = isList || !reply?.querySelector(".sources");
    aside.querySelector(".source-tab").hidden = isList;
    makeRoom();
    opener.scrollIntoView({ block: "nearest" });
    return aside;
  };

  // The passage is scrolled to, past the title of its document.
  const name = (text) => {
    document.querySelector("#source-panel .source-name").textContent = text;
  };

  // All passages of an answer, one below the other.
  const list = (answer, from) => {
    const body = prepared(from, true).querySelector(".source-body");
    name("");
    const title = document.createElement("h2");
    title.tabIndex = -1;
    title.textContent = "Sources of this answer";
    const shown = answer.querySelector(".source-list").cloneNode(true);
    body.replaceChildren(title, shown);
    title.focus();
  };

  const open = async (link) => {
    const aside = prepared(link, false);
    const body = aside.querySelector(".source-body");
    aside.querySelector(".source-tab").href = link.href;
    body.textContent = "Opening …";
    try {
      const address = new URL(link.href);
      address.searchParams.set("part", "1");
      const answer = await fetch(address, { credentials: "same-origin" });
      body.innerHTML = await answer.text();
    } catch {
      body.textContent = "The server cannot be reached. Try again, or reload the page.";
    }
    const head = [...body.querySelectorAll(".source-head :is(h2, .place)")];
    name(head.map((one) => one.textContent).join(" · "));
    const cited = body.querySelector("#cited") ?? body.querySelector("h2");
    cited?.scrollIntoView({ block: "center" });
    cited?.focus({ preventScroll: true });
  };

  // A pasted answer has no links: the address stands for its words.
  const withAddresses = (part) => {
    const copied = part.cloneNode(true);
    copied.querySelectorAll("a[target=_blank]").forEach((link) => link.replaceWith(link.href));
    copied.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
    return [...copied.children].map((one) => one.textContent.trim()).filter(Boolean).join("\n");
  };

  const copy = async (button) => {
    const answer = button.closest(".reply");
    const parts = [".standing", ".answer", ".conditions", ".caveats", ".source-list > li"];
    const shown = parts.flatMap((part) => [...answer.querySelectorAll(part)]).map(withAddresses);
    const said = answer.querySelector(".told");
    try {
      await navigator.clipboard.writeText(shown.join("\n\n"));
      said.textContent = "Copied.";
    } catch {
      said.textContent = "The browser does not allow copying here; select the text instead.";
    }
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest("a.cite");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      open(link);
    }
    const button = target?.closest("button[data-copy]");
    if (button) copy(button);
    const all = target?.closest("button[data-sources]");
    if (all) list(all.closest(".reply"), all);
  });
  // Beside another answer or another part it would look like the source of that.
  document.addEventListener("residency:moved-on", shut);
  window.addEventListener("hashchange", shut);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.getElementById("source-panel")) close();
  });
})();
