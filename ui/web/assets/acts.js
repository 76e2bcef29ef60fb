// Runs in each part of the page that holds our own buttons and forms: tells the server what was
// pressed. `element` and `trigger` are given by Gradio.
const asks = ["ask", "retry"];
const tell = (data) => {
  trigger(asks.includes(data.act) ? "asked" : "acted", data);
  if (data.act === "edit") document.querySelector("#question textarea")?.focus();
};
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (!button) return;
  if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) return;
  tell({ ...button.dataset });
});
element.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  tell({ ...form.dataset, ...Object.fromEntries(new FormData(form)) });
  form.closest("details")?.removeAttribute("open");
});
