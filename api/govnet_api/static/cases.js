// The forms of the pages of cases, sent to /api/v1. All text comes from the catalogue; content is set as text, never as HTML.
const root = "/api/v1/cases";
const held = document.getElementById("told");
const lang = held.dataset.lang;
const { texts, case: id, expected } = JSON.parse(held.dataset.told);
const status = document.getElementById("status");

function tell(text) {
  status.textContent = text;
  status.className = text ? "notice" : "";
}

async function send(form, path, body, key) {
  const button = form.querySelector("button");
  button.disabled = true;
  tell(texts.sending);
  try {
    const headers = { "content-type": "application/json", ...(key ? { "idempotency-key": key } : {}) };
    const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    const told = await answer.json();
    if (answer.ok) return told;
    tell(`${texts[told.code] ?? texts.failed} (${told.detail} ${told.hint ?? ""})`);
  } catch {
    tell(texts.failed);
  }
  button.disabled = false;
  status.scrollIntoView({ block: "center" });
  return null;
}

// What was filled in; an empty field is left out.
function filled(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) if (value.trim()) found[name] = value.trim();
  return found;
}

function show(where, done) {
  location.assign(`/cases/${encodeURIComponent(where)}?lang=${lang}&done=${done}`);
}

for (const form of document.querySelectorAll("form[data-step]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { other, ...body } = filled(form);
    if (other) body.target = other;
    const step = form.dataset.step;
    if (step === "dispatch" && !body.target) return tell(texts.choose);
    const done = await send(form, `${root}/${encodeURIComponent(id)}/steps`, { ...body, step, expected }, form.dataset.key);
    if (done) show(id, step);
  });
}

for (const form of document.querySelectorAll("form[data-raise]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const done = await send(form, root, filled(form), form.dataset.key);
    if (done) show(done.case, "raise");
  });
}

for (const form of document.querySelectorAll("form[data-undo]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = { ...filled(form), step_id: form.dataset.stepId };
    const done = await send(form, `${root}/${encodeURIComponent(id)}/undo`, body, "");
    if (done?.state) show(id, "undo");
    else if (done) location.assign(`/cases?lang=${lang}`);
  });
}
