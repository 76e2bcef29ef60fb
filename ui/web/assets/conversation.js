// Holds the open conversation: sends questions, shows answers as they arrive, and tells the server
// what is pressed in what it sent. All HTML is the server's; nothing of it is put together here.
window.residency = (() => {
  const OWN = { credentials: "same-origin", cache: "no-store" };
  const AWAY = "The server cannot be reached. Try again, or reload the page.";
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
  const field = () => document.querySelector("#question textarea");

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
      throw error.name === "AbortError" ? error : new Error(AWAY);
    }
    if (reply.ok) return reply;
    const said = await reply.json().catch(() => ({}));
    throw new Error(said.error?.message ?? AWAY);
  };

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
  };

  // One state of the conversation a line.
  const states = async function* (body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) yield JSON.parse(line);
    }
  };

  const answered = async (question, place, signal) => {
    const body = { question, thread, replacing: place, after: answer };
    const reply = await sent("answers", body, { signal });
    let isFirst = true;
    for await (const state of states(reply.body)) {
      show(state, isFirst);
      isFirst = false;
    }
  };

  const run = async (question, place, own) => {
    if (own !== round) return;
    controller = new AbortController();
    put("chat-said", "");
    shown("latest").setAttribute("aria-busy", "true");
    try {
      await answered(question, place, controller.signal);
      list();
    } catch (error) {
      if (own === round) failed(error);
    }
    if (own === round) rest();
  };

  const rest = () => {
    controller = null;
    shown("latest")?.removeAttribute("aria-busy");
  };

  const leave = () => {
    round += 1;
    replacing = null;
    controller?.abort();
    rest();
  };

  // Returns what stands in the field then: nothing.
  const ask = (question, place = replacing) => {
    if (controller && !question.trim()) return "";
    if (controller) told("chat-said", `Next: ${question}`);
    const own = round;
    replacing = null;
    line = line.then(() => run(question, place, own));
    return "";
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
  };

  const openNamed = (search) => {
    const named = new URLSearchParams(search).get("conversation");
    if (named) open(named).catch(failed);
  };

  const edit = ({ question, position }) => {
    const box = field();
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    replacing = Number(position);
    told("chat-said", "Editing: what you send takes the place of that question and of all after it.");
  };

  const judge = async ({ act, ...judgement }) => {
    put("chat-said", await (await sent("judgements", judgement)).text());
  };

  const words = () => document.querySelector("#search :is(input, textarea)")?.value ?? "";
  const isListed = () => document.querySelector(".sidebar.open #conversations") !== null;

  const list = async () => {
    if (!isListed()) return;
    const address = `conversations?${new URLSearchParams({ words: words(), thread })}`;
    try {
      put("conversations", await (await called(address)).text());
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
    judge: (data) => judge(data).catch(failed),
    open: (data) => open(data.thread).then(list).catch(failed),
    rename: change,
    delete: change,
  };
  const ours = (event, selector) => {
    const found = event.target instanceof Element ? event.target.closest(selector) : null;
    return found?.closest("#conversation, #latest, #conversations") ? found : null;
  };
  const act = (data) => acts[data.act]?.(data);

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".sidebar .toggle-button")) {
      // The drawer opens after this.
      window.setTimeout(list);
    }
    const button = ours(event, "button[data-act]");
    if (!button) return;
    if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) return;
    act({ ...button.dataset });
  });
  document.addEventListener("submit", (event) => {
    const form = ours(event, "form[data-act]");
    if (!form) return;
    event.preventDefault();
    act({ ...form.dataset, ...Object.fromEntries(new FormData(form)) });
    form.closest("details")?.removeAttribute("open");
  });
  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.closest("#search")) list();
  });

  return { ask, stop, begin, openNamed };
})();
