// One question to the server; reads its answer line by line.

/** Resolves to {html, answer, words}, or {problem} in words for the reader; `onSaid` gets sentences as they come. */
export async function askInSteps(asked, words, signal, onStep, onSaid) {
  try {
    const reply = await fetch(`/ask${chosen(words)}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
      signal,
    });
    if (!reply.ok) return { problem: await refusalOf(reply, words) };
    let last = null;
    for await (const step of lines(reply.body)) {
      last = step;
      if (step.status === "done") return step;
      if (step.status === "failed") return { problem: step.words };
      if (step.status === "said") onSaid(step.words);
      else onStep(step.words);
    }
    return { problem: last ? words.errors.failed : words.errors.network };
  } catch (error) {
    if (error.name === "AbortError") return { problem: words.status.stopped };
    return { problem: words.errors.network };
  }
}

async function refusalOf(reply, words) {
  if (reply.status === 413) return words.errors.too_big;
  const told = await reply.json().catch(() => ({}));
  return told.error || words.errors.failed;
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const parts = rest.split("\n");
    rest = parts.pop();
    for (const part of parts) if (part) yield JSON.parse(part);
  }
}

/** The language in an address, only where the reader has chosen one: else an answer is drawn in its own. */
export function chosen(words) {
  return words.chosen ? `?lang=${words.language}` : "";
}

/** The kept answers drawn again; nothing where that fails. */
export async function redraw(answers, words) {
  const reply = await fetch(`/render${chosen(words)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ answers }),
  }).catch(() => null);
  return reply?.ok ? (await reply.json()).html : [];
}
