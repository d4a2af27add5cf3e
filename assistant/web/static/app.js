// The front page: sends a question, shows what is happening, puts the drawn answer in its place.
import { askInSteps, redraw } from "./asking.js";
import { findPersonal } from "./personal.js";
import { keep, kept, forget } from "./store.js";
import { actOn } from "./actions.js";

const words = JSON.parse(document.getElementById("words").textContent);
const byId = (id) => document.getElementById(id);
const front = byId("front");
const conversation = byId("conversation");
const field = byId("question");
const asOf = byId("as-of");
let running = null;
let checked = "";

document.documentElement.className = "js";

function say(text) {
  byId("said").textContent = text;
}

function showProblem(text) {
  const place = byId("question-error");
  place.textContent = text;
  place.hidden = !text;
  if (text) {
    field.setAttribute("aria-invalid", "true");
    say(text);
  } else field.removeAttribute("aria-invalid");
}

function working(text) {
  byId("working").hidden = !text;
  byId("working-words").textContent = text;
  byId("stop").hidden = !text;
}

/** A sentence of the answer before the answer is whole; markers and bold marks wait for the drawn one. */
function drafted(sentence) {
  const line = document.createElement("p");
  line.textContent = sentence.replace(/\*\*|\s*\[\d{1,3}\]/g, "");
  byId("drafted").append(line);
  byId("drafted").hidden = false;
}

function dropDraft() {
  byId("drafted").replaceChildren();
  byId("drafted").hidden = true;
}

/** The server's own drawn answer; its template escapes every value. */
function piece(html) {
  return document.createRange().createContextualFragment(html);
}

function turnFor(question, html) {
  const turn = document.createElement("section");
  turn.className = "turn";
  const heading = document.createElement("h2");
  heading.className = "asked";
  heading.tabIndex = -1;
  const by = document.createElement("span");
  by.className = "asked-by";
  by.textContent = words.asked;
  const said = document.createElement("span");
  said.textContent = question;
  heading.append(by, " ", said);
  turn.append(heading, piece(html));
  said.lang = turn.querySelector(".answer-body").lang;
  return turn;
}

function showState() {
  const some = conversation.children.length > 0;
  front.classList.toggle("has-turns", some);
  conversation.hidden = !some;
  byId("history").hidden = !some;
  byId("examples").hidden = some || (!byId("examples-list").children.length && !byId("examples-wait"));
}

function turns() {
  return kept().flatMap((turn) => [
    { role: "user", content: turn.question },
    { role: "assistant", content: turn.answer.answer || "" },
  ]);
}

async function ask(question, options = {}) {
  if (running) return;
  showProblem("");
  if (!question.trim()) return refuse(words.errors.empty);
  const found = findPersonal(question);
  if (found.length && checked !== question) return warn(question, found, options);
  byId("personal").hidden = true;
  running = new AbortController();
  byId("send").disabled = true;
  const first = words.status.working;
  working(first);
  say(first);
  const asked = {
    question,
    as_of: options.asOf ?? (asOf.value || null),
    history: options.alone ? [] : turns(),
    anchor: `t${Date.now().toString(36)}`,
  };
  try {
    const done = await askInSteps(asked, words, running.signal, (text) => {
      working(text);
      say(text);
    }, drafted);
    if (done.problem) refuse(done.problem, question);
    else finish(question, done);
  } finally {
    running = null;
    byId("send").disabled = false;
    working("");
    dropDraft();
  }
}

function refuse(text, question) {
  if (question !== undefined) field.value = question;
  showProblem(text);
  field.focus();
}

function finish(question, done) {
  const turn = turnFor(question, done.html);
  conversation.append(turn);
  keep(question, done.answer);
  field.value = "";
  checked = "";
  showState();
  say(done.words);
  turn.querySelector(".asked").focus();
  turn.scrollIntoView({ block: "start" });
}

function warn(question, found, options) {
  const names = found.map((kind) => words.personal[kind]);
  const listed = names.length > 1 ? `${names.slice(0, -1).join(", ")} ${words.personal.and} ${names.at(-1)}` : names[0];
  const text = words.personal.found.replace("{what}", listed);
  byId("personal-found").textContent = text;
  const box = byId("personal");
  box.hidden = false;
  box.focus();
  say(text);
  byId("personal-edit").onclick = () => {
    box.hidden = true;
    field.value = question;
    field.focus();
  };
  byId("personal-send").onclick = () => {
    checked = question;
    box.hidden = true;
    ask(question, options);
  };
}

byId("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  ask(field.value);
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask(field.value);
  }
});

byId("stop").addEventListener("click", () => {
  running?.abort();
  say(words.status.stopped);
  field.focus();
});

byId("new").addEventListener("click", () => {
  forget();
  conversation.replaceChildren();
  dropHash();
  showState();
  field.focus();
});

byId("examples-list").addEventListener("click", (event) => {
  const chosen = event.target.closest(".example");
  if (chosen) ask(chosen.textContent.trim());
});

conversation.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) press(button);
  const marker = event.target.closest("a.marker");
  if (marker) openPlace(marker.hash.slice(1));
  const source = event.target.closest("a.open-source");
  if (source) rememberPlace(source.closest(".turn"));
});

/** A reader who comes back from a source comes back to the answer it was opened from. */
function rememberPlace(turn) {
  const at = [...conversation.children].indexOf(turn);
  try {
    sessionStorage.setItem("hjemmel.turn", String(at));
  } catch {
    // Without storage the page opens at its top.
  }
}

function returnToPlace() {
  try {
    const at = sessionStorage.getItem("hjemmel.turn");
    sessionStorage.removeItem("hjemmel.turn");
    if (at !== null) conversation.children[Number(at)]?.scrollIntoView({ block: "start" });
  } catch {
    // The page stays at its top.
  }
}

function openPlace(id) {
  const place = byId(id);
  place?.closest("details")?.setAttribute("open", "");
  requestAnimationFrame(() => place?.focus());
}

function press(button) {
  const turn = button.closest(".turn");
  const at = [...conversation.children].indexOf(turn);
  const { question, answer } = kept()[at] ?? {};
  if (button.dataset.choice) return ask(button.dataset.choice);
  const action = button.dataset.action;
  if (action === "redate") {
    return ask(question, { asOf: turn.querySelector("[data-redate]").value, alone: at === 0 });
  }
  actOn(button, { turn, question, answer, words, say });
}

function dropHash() {
  window.history.replaceState(null, "", location.pathname + location.search);
}

async function examplesWhenOpen() {
  if (!byId("examples-wait")) return;
  for (let wait = 500; ; wait = Math.min(wait * 1.5, 4000)) {
    const reply = await fetch("/api/status").then((r) => r.json(), () => ({ state: "opening" }));
    if (reply.state !== "opening") break;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  const { examples } = await fetch(`/examples?lang=${words.language}`).then((r) => r.json());
  byId("examples-wait").remove();
  for (const example of examples.slice(0, 6)) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "example";
    button.textContent = example;
    item.append(button);
    byId("examples-list").append(item);
  }
  showState();
}

async function restore() {
  const turns = kept();
  if (!turns.length) return;
  const html = await redraw(turns.map((turn) => turn.answer), words);
  turns.forEach((turn, at) => html[at] && conversation.append(turnFor(turn.question, html[at])));
}

async function start() {
  conversation.replaceChildren();
  await restore();
  showState();
  returnToPlace();
  const shared = new URLSearchParams(location.hash.slice(1));
  const question = shared.get("q");
  if (question) {
    dropHash();
    asOf.value = shared.get("as_of") ?? "";
    byId("as-of-part").open = Boolean(asOf.value);
    field.value = question;
    ask(question, { alone: true });
  }
  await examplesWhenOpen();
}

start();
