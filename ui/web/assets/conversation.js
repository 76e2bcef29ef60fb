// Holds the open conversation: sends questions, shows answers as they arrive, and tells the server
// what is pressed in what it sent. All HTML is the server's; nothing of it is put together here.
window.residency = (() => {
  const OWN = { credentials: "same-origin", cache: "no-store" };
  const AWAY = "The server cannot be reached. Try again, or reload the page.";
  // A server that is being replaced, or was lost in the middle, is tried again so often; milliseconds.
  const PAUSES = [500, 2000, 4000];
  const PASSING = [502, 503, 504];
  // The conversation, the answer shown last in it, and the question that the next one replaces.
  let thread = "";
  let answer = "";
  let replacing = null;
  // Questions are answered one after the other; a new round forgets those that wait.
  let line = Promise.resolve();
  let round = 0;
  let controller = null;

  const shown = (id) => document.querySelector(`#${id} .shown`);
  const put = (id, html) => {
    if (shown(id)) shown(id).innerHTML = html;
  };
  const field = () => document.getElementById("question-field");

  const movedOn = () => document.dispatchEvent(new Event("residency:moved-on"));

  const told = (id, text, className = "notice") => {
    const line = document.createElement("p");
    line.className = className;
    line.setAttribute("role", className === "trouble" ? "alert" : "status");
    line.textContent = text;
    shown(id)?.replaceChildren(line);
  };

  const failed = (error, id = "chat-said") => told(id, error.message || AWAY, "trouble");

  const called = async (address, options = {}) => {
    let reply;
    try {
      reply = await fetch(address, { ...OWN, ...options });
    } catch (error) {
      throw error.name === "AbortError" ? error : lost();
    }
    if (reply.ok) return reply;
    const said = await reply.json().catch(() => ({}));
    const message = said.error?.message ?? AWAY;
    throw PASSING.includes(reply.status) ? lost(message) : new Error(message);
  };

  const lost = (message = AWAY) => Object.assign(new Error(message), { isLost: true });

  const sent = (address, data, options = {}) =>
    called(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(data),
      ...options,
    });

  // Where nothing is said of earlier exchanges, the one shown last is the last of them.
  const show = (state, isFirst) => {
    if (typeof state.earlier === "string") put("conversation", state.earlier);
    else if (isFirst) {
      document.querySelectorAll("#latest .next").forEach((offer) => offer.remove());
      shown("conversation").append(...shown("latest").childNodes);
    }
    put("latest", state.latest);
    ({ thread, answer } = state);
    bringIntoView();
  };

  // The newest exchange stands above the field; of one that is longer than the window, its head.
  const bringIntoView = () => {
    const newest = document.querySelector("#latest .exchange");
    if (!newest || document.body.dataset.part !== "ask") return;
    window.scrollTo(0, document.documentElement.scrollHeight);
    const above = document.querySelector(".bar").offsetHeight - newest.getBoundingClientRect().top;
    if (above > 0) window.scrollBy(0, -above - 8);
  };

  // One state of the conversation a line.
  const states = async function* (body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read().catch((error) => {
        throw error.name === "AbortError" ? error : lost();
      });
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) yield JSON.parse(line);
    }
  };

  const attempt = async (question, place, signal) => {
    const body = { question, thread, replacing: place, after: answer };
    const reply = await sent("answers", body, { signal });
    let isFirst = true;
    for await (const state of states(reply.body)) {
      show(state, isFirst);
      isFirst = false;
    }
  };

  // What was asked of a server that is gone is asked again, unless it was answered all the same.
  const answered = async (question, place, signal) => {
    thread ||= newName();
    const before = answer;
    for (const pause of [...PAUSES, null]) {
      try {
        return await attempt(question, place, signal);
      } catch (error) {
        if (!error.isLost || pause === null || signal.aborted) throw error;
        await new Promise((done) => setTimeout(done, pause));
        if (signal.aborted) throw error;
        if (await isAnswered(question, before).catch(() => false)) return;
      }
    }
  };

  const isAnswered = async (question, before) => {
    const address = `exchanges?${new URLSearchParams({ thread })}`;
    const state = await (await called(address)).json();
    if (!state.answer || state.answer === before) return false;
    show(state, false);
    const asked = document.querySelector("#latest .asked")?.textContent ?? "";
    return bare(asked) === bare(question);
  };

  const bare = (text) => text.replace(/\s+/g, " ").trim();

  const newName = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  };

  const run = async (question, place, own) => {
    if (own !== round) return;
    movedOn();
    controller = new AbortController();
    document.getElementById("stop").hidden = false;
    put("chat-said", "");
    shown("latest").setAttribute("aria-busy", "true");
    try {
      await answered(question, place, controller.signal);
      list();
    } catch (error) {
      if (own === round) {
        failed(error);
        // Nothing of it is shown: it is there to be sent again.
        field().value ||= question;
      }
    }
    if (own === round) rest();
  };

  const rest = () => {
    controller = null;
    document.getElementById("stop").hidden = true;
    shown("latest").removeAttribute("aria-busy");
  };

  const leave = () => {
    movedOn();
    round += 1;
    replacing = null;
    controller?.abort();
    rest();
  };

  const ask = (question, place = replacing) => {
    if (!question.trim()) return;
    if (controller) told("chat-said", `Next: ${question}`);
    const own = round;
    replacing = null;
    line = line.then(() => run(question, place, own));
  };

  const askWritten = () => {
    const box = field();
    ask(box.value);
    box.value = "";
  };

  const open = async (name) => {
    leave();
    const address = `exchanges?${new URLSearchParams({ thread: name })}`;
    show(await (await called(address)).json(), false);
  };

  const stop = () => {
    if (!controller) return;
    open(thread).then(() => told("chat-said", "Stopped."), failed);
  };

  const begin = () => {
    leave();
    show({ thread: "", answer: "", earlier: "", latest: "" }, false);
    put("chat-said", "");
    list();
  };

  // What is indexed and the profile may have been changed in another part of the page.
  const renew = async () => {
    try {
      const { start, profile } = await (await called("start")).json();
      put("start", start);
      put("profile-line", profile);
    } catch (error) {
      failed(error);
    }
  };

  const edit = ({ question, position }) => {
    const box = field();
    box.value = question;
    box.focus();
    replacing = Number(position);
    told("chat-said", "Editing: what you send takes the place of that question and of all after it.");
  };

  const judge = async ({ act, ...judgement }) => {
    put("chat-said", await (await sent("judgements", judgement)).text());
  };

  // All of the open conversation, as a file to hand over.
  const evidence = () => {
    location.assign(`evidence?${new URLSearchParams({ thread, format: "pdf" })}`);
  };

  const words = () => document.getElementById("search-field").value;
  const isListed = () => document.body.classList.contains("rail-open");

  // The menu of a conversation that somebody has opened stays open over a new list.
  const putList = (html) => {
    const open = shown("conversations")?.querySelector("li:has(details[open]) [data-thread]");
    put("conversations", html);
    if (!open) return;
    const same = `li:has([data-thread="${CSS.escape(open.dataset.thread)}"]) details`;
    shown("conversations").querySelector(same)?.setAttribute("open", "");
  };

  const list = async () => {
    if (!isListed()) return;
    const address = `conversations?${new URLSearchParams({ words: words(), thread })}`;
    try {
      putList(await (await called(address)).text());
      put("conversations-said", "");
    } catch (error) {
      failed(error, "conversations-said");
    }
  };

  const change = async (data) => {
    try {
      await sent("conversations", data);
      if (data.act === "delete" && data.thread === thread) begin();
      await list();
    } catch (error) {
      failed(error, "conversations-said");
    }
  };

  const acts = {
    ask: ({ question }) => ask(question),
    retry: ({ question, position }) => ask(question, Number(position)),
    edit,
    evidence,
    judge: (data) => judge(data).catch(failed),
    open: (data) => open(data.thread).then(list).catch(failed),
    rename: change,
    delete: change,
  };
  const ours = (event, selector) => {
    const found = event.target instanceof Element ? event.target.closest(selector) : null;
    return found?.closest("#start, #conversation, #latest, #conversations") ? found : null;
  };
  const act = (data) => acts[data.act]?.(data);

  document.addEventListener("click", (event) => {
    const button = ours(event, "button[data-act]");
    if (!button) return;
    if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) return;
    act({ ...button.dataset });
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "asking") {
      event.preventDefault();
      askWritten();
      return;
    }
    const form = ours(event, "form[data-act]");
    if (!form) return;
    event.preventDefault();
    act({ ...form.dataset, ...Object.fromEntries(new FormData(form)) });
    form.closest("details")?.removeAttribute("open");
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "search-field") list();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "question-field" || event.key !== "Enter") return;
    if (event.shiftKey || event.isComposing) return;
    event.preventDefault();
    askWritten();
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("stop").addEventListener("click", stop);
    document.getElementById("new").addEventListener("click", () => {
      begin();
      const write = () => field().focus();
      if (document.body.dataset.part === "ask") write();
      else {
        // The field takes the focus once its part is shown.
        window.addEventListener("hashchange", write, { once: true });
        location.hash = "#ask";
      }
    });
    const named = new URLSearchParams(location.search).get("conversation");
    if (named) open(named).catch(failed);
    list();
  });

  return { list, renew };
})();
