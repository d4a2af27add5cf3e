// What a reader does with an answer: copy, share, save, print, rate.
import { chosen } from "./asking.js";

export function actOn(button, context) {
  const action = button.dataset.action;
  if (action === "copy") return copy(context);
  if (action === "share") return share(context);
  if (action === "save") return save(context);
  if (action === "print") return print(context.turn);
  if (button.dataset.thumb) return thumb(button, context);
  if ("thumbSend" in button.dataset) return send("down", context);
  return undefined;
}

async function toClipboard(text, told, { words, say }) {
  try {
    await navigator.clipboard.writeText(text);
    say(told);
    return told;
  } catch {
    say(words.actions.failed);
    return words.actions.failed;
  }
}

function tell(turn, text) {
  let place = turn.querySelector(".told");
  if (!place) {
    place = document.createElement("p");
    place.className = "told";
    turn.querySelector(".actions").after(place);
  }
  place.textContent = text;
}

async function copy(context) {
  const { turn, question, words } = context;
  const all = (selector, root = turn) => [...root.querySelectorAll(selector)];
  const text = (selector, root = turn) => root.querySelector(selector)?.innerText.replace(/\s+/g, " ").trim() ?? "";
  const verdict = text(".verdict .badge");
  const steps = all(".purchase-step").flatMap((step) => [
    "",
    text("h3", step),
    ...all(".purchase-line", step).map((line) => `${text(".badge", line)}: ${text(".purchase-text", line)} (${text(".purchase-place", line)})`),
  ]);
  const sources = all(".quote:not(.checked-answer *)").flatMap((quote) => [
    "",
    `${all("figcaption .quote-number", quote).map((number) => `[${number.lastElementChild.textContent}] `).join("")}${text("cite", quote)}, ${text(".quote-place", quote)}`,
    ...all(".quote-line", quote).map((line) => `[${text(".quote-number", line)}] «${text("blockquote", line)}»`),
    quote.querySelector(".open-source").href,
  ]);
  const careful = all(".notices li").map((notice) => notice.textContent.trim());
  const lines = [
    question,
    "",
    ...(verdict ? [`${verdict}.`] : []),
    ...all(".answer-body > *").map((part) => part.innerText.trim()),
    ...steps,
    ...(text(".purchase-after") ? ["", text(".purchase-after")] : []),
    ...(careful.length ? ["", ...careful] : []),
    ...sources,
    "",
    `${text(".ai-mark")}. ${text(".as-of-mark")}.`,
  ];
  tell(turn, await toClipboard(lines.join("\n"), words.actions.copied, context));
}

async function share(context) {
  const { turn, question, answer, words } = context;
  const wanted = new URLSearchParams({ q: question, as_of: answer?.as_of ?? "" });
  const address = `${location.origin}/${chosen(words)}#${wanted}`;
  tell(turn, await toClipboard(address, words.actions.shared, context));
}

async function save(context) {
  const { turn, answer, question, words, say } = context;
  const reply = await fetch(`/save${chosen(words)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ answers: [{ ...answer, question }] }),
  }).catch(() => null);
  if (!reply?.ok) {
    tell(turn, words.errors.network);
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") ?? "")?.[1] ?? "hjemmel.html";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  tell(turn, words.actions.saved);
  say(words.actions.saved);
}

/** Prints the one answer, with what was folded opened. */
function print(turn) {
  const folded = [...turn.querySelectorAll("details.others:not([open])")];
  folded.forEach((details) => details.setAttribute("open", ""));
  document.documentElement.classList.add("printing-one");
  turn.classList.add("printed");
  window.print();
  turn.classList.remove("printed");
  document.documentElement.classList.remove("printing-one");
  folded.forEach((details) => details.removeAttribute("open"));
}

function thumb(button, context) {
  if (button.dataset.thumb === "up") return send("up", context);
  const reasons = context.turn.querySelector(".reasons");
  reasons.hidden = !reasons.hidden;
  button.setAttribute("aria-expanded", String(!reasons.hidden));
  if (!reasons.hidden) reasons.querySelector("input").focus();
  return undefined;
}

async function send(verdict, { turn, question, answer, say, words }) {
  const optedIn = verdict === "down" && turn.querySelector("[data-opt-in]").checked;
  const thumbs = {
    verdict,
    reasons: verdict === "down" ? [...turn.querySelectorAll("[data-reason]:checked")].map((tick) => tick.value) : [],
    outcome: answer?.outcome ?? null,
    plan_id: answer?.governing?.plan_id ?? null,
    opted_in: optedIn,
    ...(optedIn ? { question } : {}),
  };
  const reply = await fetch("/api/feedback", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(thumbs),
  }).catch(() => null);
  const thanks = turn.querySelector(".thanks");
  if (!reply?.ok) thanks.textContent = words.errors.network;
  else {
    turn.querySelector(".thumbs").hidden = true;
    turn.querySelector(".reasons").hidden = true;
  }
  thanks.hidden = false;
  thanks.focus();
  say(thanks.textContent);
}
