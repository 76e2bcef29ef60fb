// Opens passages beside what is read, and copies answers. Without it the links open pages.
(() => {
  let opener = null;

  const panel = () => {
    let aside = document.getElementById("source-panel");
    if (aside) return aside;
    aside = document.createElement("aside");
    aside.id = "source-panel";
    aside.setAttribute("aria-label", "Source");
    aside.innerHTML =
      '<div class="source-bar"><a class="source-tab" target="_blank" rel="noopener">Open in a ' +
      'new tab</a><button type="button" class="source-close">Close</button></div>' +
      '<div class="source-body" tabindex="0" role="region" aria-label="Passage"></div>';
    aside.querySelector(".source-close").addEventListener("click", close);
    document.body.appendChild(aside);
    return aside;
  };

  // On a wide screen the page moves aside, so that both can be read.
  const makeRoom = () => {
    const aside = document.getElementById("source-panel");
    const page = document.querySelector(".gradio-container");
    const beside = aside && window.innerWidth >= 1000;
    page?.style.setProperty("padding-right", beside ? `${aside.offsetWidth}px` : "");
  };
  window.addEventListener("resize", makeRoom);

  const close = () => {
    document.getElementById("source-panel")?.remove();
    makeRoom();
    if (opener?.isConnected) opener.focus();
  };

  const open = async (link) => {
    opener = link;
    const aside = panel();
    const body = aside.querySelector(".source-body");
    aside.querySelector(".source-tab").href = link.href;
    makeRoom();
    body.textContent = "Opening …";
    try {
      const address = new URL(link.href);
      address.searchParams.set("part", "1");
      const answer = await fetch(address, { credentials: "same-origin" });
      body.innerHTML = await answer.text();
    } catch {
      body.textContent = "The server cannot be reached. Try again, or reload the page.";
    }
    const cited = body.querySelector("#cited") ?? body.querySelector("h2");
    cited?.scrollIntoView({ block: "center" });
    cited?.focus({ preventScroll: true });
  };

  // A pasted answer has no links: the address stands for its words.
  const withAddresses = (part) => {
    const links = [...part.querySelectorAll("a[target=_blank]")];
    return links.reduce((text, link) => text.replace(link.innerText, link.href), part.innerText);
  };

  const copy = async (button) => {
    const reply = button.closest(".reply");
    const parts = [".answer", ".conditions", ".caveats", ".source-list"];
    const shown = parts.flatMap((part) => [...reply.querySelectorAll(part)]).map(withAddresses);
    const said = reply.querySelector(".told");
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
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.getElementById("source-panel")) close();
  });
})();
