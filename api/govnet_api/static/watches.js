// The page of what is watched: a client of /api/v1. All text comes from the catalogue, all content is set as text, never as HTML.
const texts = JSON.parse(document.getElementById("texts").dataset.texts);

function tell(text, bad = false) {
  const status = document.getElementById("status");
  status.textContent = text;
  status.className = bad ? "notice" : "";
}

async function call(method, path, body) {
  const headers = body ? { "content-type": "application/json" } : {};
  const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  if (answer.status === 204) return null;
  const told = await answer.json();
  if (!answer.ok) throw new Error(answer.status === 401 ? texts["key-needed"] : `${told.detail} ${told.hint ?? ""}`);
  return told;
}

async function busy(text, done, work) {
  tell(text);
  try {
    await work();
    tell(done);
    setTimeout(() => location.reload(), 300);
  } catch (error) {
    tell(`${texts.failed} ${error.message}`, true);
  }
}

document.getElementById("add")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const parameters = Object.fromEntries(
    form.get("parameters").split(/\s+/).filter(Boolean).map((part) => [part.split("=", 1)[0], part.slice(part.indexOf("=") + 1)]),
  );
  const question = form.get("question");
  const wanted = question ? { kind: "question", question } : { kind: "cases" };
  busy(texts.adding, texts.added, () => call("POST", "/watches", { ...wanted, parameters, label: form.get("label") }));
});

for (const button of document.querySelectorAll("[data-remove]")) {
  button.addEventListener("click", () => {
    if (confirm(texts["confirm-remove"])) busy("…", texts.removed, () => call("DELETE", `/watches/${button.dataset.remove}`));
  });
}
