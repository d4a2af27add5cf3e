// Practising: one question at a time, told at once whether it was right. What is answered stays in this browser.
const words = JSON.parse(document.getElementById("words").textContent);
const page = document.getElementById("practice");
const cards = [...document.querySelectorAll(".card")];
const byId = (id) => document.getElementById(id);
const NAME = `hjemmel.practice.${page.dataset.set}`;
let inMemory = {};
let round = cards;

document.documentElement.className = "js";

/** Answers by item; one to another wording of the question does not count. */
function kept() {
  let found = inMemory;
  try {
    found = JSON.parse(localStorage.getItem(NAME) ?? "{}");
  } catch {
    // A browser that keeps nothing still has the answers of this page.
  }
  return Object.fromEntries(cards.flatMap((card) => {
    const answer = found?.[card.dataset.item];
    const fits = answer?.version === card.dataset.version && Array.isArray(answer.chosen);
    return fits ? [[card.dataset.item, answer]] : [];
  }));
}

function keep(answers) {
  inMemory = answers;
  try {
    localStorage.setItem(NAME, JSON.stringify(answers));
  } catch {
    // See above.
  }
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function chosenOf(card) {
  const selects = [...card.querySelectorAll("select")];
  if (selects.length) return selects.every((s) => s.value) ? selects.map((s) => s.value) : null;
  const ticked = card.querySelector("input:checked");
  return ticked ? [ticked.value] : null;
}

function choose(card, chosen) {
  const selects = card.querySelectorAll("select");
  selects.forEach((select, at) => { select.value = chosen[at] ?? ""; });
  card.querySelectorAll("input[type=radio]").forEach((radio) => { radio.checked = radio.value === chosen[0]; });
}

function isRight(card) {
  const selects = [...card.querySelectorAll("select")];
  if (selects.length) return selects.every((select) => select.value === select.dataset.right);
  return Boolean(card.querySelector("input:checked")?.matches("[data-right]"));
}

function lock(card, locked) {
  card.querySelectorAll("input, select").forEach((field) => { field.disabled = locked; });
}

function tell(card, right) {
  lock(card, true);
  for (const line of card.querySelectorAll(".choice-line, .match")) {
    const field = line.querySelector("input, select");
    const mine = field.matches("select") || field.checked;
    const good = field.matches("select") ? field.value === field.dataset.right : field.matches("[data-right]");
    const mark = line.querySelector(".choice-mark");
    line.classList.toggle("is-right", good);
    line.classList.toggle("is-wrong", mine && !good);
    mark.hidden = !(good || mine);
    mark.textContent = good ? `✓ ${words.right}` : `✗ ${words.wrong}`;
  }
  const verdict = card.querySelector("[data-verdict]");
  verdict.textContent = right ? `✓ ${words.right}` : `✗ ${words.wrong}`;
  verdict.className = `verdict ${right ? "verdict-right" : "verdict-wrong"}`;
  card.querySelector("[data-checking]").hidden = true;
  card.querySelector("[data-told]").open = true;
  card.classList.add("is-told");
}

function untell(card) {
  lock(card, false);
  card.classList.remove("is-told");
  card.querySelector("[data-told]").open = false;
  card.querySelector("[data-checking]").hidden = false;
  card.querySelector("[data-problem]").hidden = true;
  for (const line of card.querySelectorAll(".choice-line, .match")) {
    line.classList.remove("is-right", "is-wrong");
    line.querySelector(".choice-mark").hidden = true;
  }
  choose(card, []);
}

function progress() {
  const done = Object.keys(kept()).length;
  byId("progress").value = done;
  byId("progress-words").textContent = fill(words.progress, { done, count: cards.length });
}

function show(card) {
  cards.forEach((each) => { each.hidden = each !== card; });
  byId("result").hidden = Boolean(card);
  progress();
}

function go(card) {
  show(card);
  (card ?? byId("result")).querySelector("h2").focus();
  scrollTo({ top: 0 });
}

function nextAfter(card) {
  const answers = kept();
  const rest = [...round.slice(round.indexOf(card) + 1), ...round];
  return rest.find((each) => !answers[each.dataset.item]);
}

function onward(card) {
  const next = nextAfter(card);
  if (next) go(next);
  else {
    result();
    go(null);
  }
}

function nextWords(card) {
  card.querySelector("[data-next]").textContent = nextAfter(card) ? words.next : words.to_result;
}

function result() {
  const answers = kept();
  const right = cards.filter((card) => answers[card.dataset.item]?.right).length;
  byId("score").textContent = fill(words.score, { right, count: cards.length });
  byId("again").hidden = right === cards.length;
  byId("result-list").replaceChildren(...cards.map((card) => {
    const line = document.createElement("li");
    const mark = document.createElement("strong");
    const good = answers[card.dataset.item]?.right;
    mark.textContent = good ? `✓ ${words.right}` : `✗ ${words.wrong}`;
    mark.className = good ? "verdict-right" : "verdict-wrong";
    const question = document.createElement("button");
    question.type = "button";
    question.className = "linklike";
    question.lang = card.querySelector(".card-question").lang;
    question.textContent = card.querySelector(".card-question").textContent;
    question.addEventListener("click", () => go(card));
    line.append(mark, " ", question);
    return line;
  }));
}

function check(card) {
  const chosen = chosenOf(card);
  const problem = card.querySelector("[data-problem]");
  problem.hidden = Boolean(chosen);
  if (!chosen) {
    byId("said").textContent = problem.textContent;
    card.querySelector("input, select").focus();
    return;
  }
  const right = isRight(card);
  keep({ ...kept(), [card.dataset.item]: { version: card.dataset.version, chosen, right } });
  tell(card, right);
  nextWords(card);
  progress();
  byId("said").textContent = right ? words.right : words.wrong;
  card.querySelector(".feedback-box").focus();
}

function forget(some) {
  const answers = kept();
  for (const card of some) {
    delete answers[card.dataset.item];
    untell(card);
  }
  keep(answers);
  round = some;
  go(some[0]);
}

function start() {
  const answers = kept();
  for (const card of cards) {
    const answer = answers[card.dataset.item];
    card.querySelector("[data-told] > summary").hidden = true;
    untell(card);
    if (answer) {
      choose(card, answer.chosen);
      tell(card, isRight(card));
      nextWords(card);
    }
    card.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!card.classList.contains("is-told")) check(card);
    });
    card.querySelector("[data-next]").addEventListener("click", () => onward(card));
  }
  byId("again").addEventListener("click", () => {
    const now = kept();
    forget(cards.filter((card) => !now[card.dataset.item]?.right));
  });
  byId("restart").addEventListener("click", () => forget(cards));
  const last = sessionStorageCard();
  const first = last ?? cards.find((card) => !answers[card.dataset.item]);
  if (!first) result();
  show(first ?? null);
}

/** A reader who comes back from a source comes back to its question. */
function sessionStorageCard() {
  try {
    const item = sessionStorage.getItem(NAME);
    sessionStorage.removeItem(NAME);
    return cards.find((card) => card.dataset.item === item);
  } catch {
    return undefined;
  }
}

page.addEventListener("click", (event) => {
  const source = event.target.closest("a.open-source");
  if (!source) return;
  try {
    sessionStorage.setItem(NAME, source.closest(".card").dataset.item);
  } catch {
    // The page opens at the first question that is not answered.
  }
});

if (cards.length) start();
