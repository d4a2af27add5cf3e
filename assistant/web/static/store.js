// The conversation, in this browser only.
const NAME = "hjemmel.conversation";
const MOST = 20;
let inMemory = [];

export function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(found) ? found.filter((turn) => turn?.question && turn?.answer) : [];
  } catch {
    return inMemory;
  }
}

/** Passages are left out: they are long and the page does not show them. */
export function keep(question, answer) {
  const { passages, ...shown } = answer;
  inMemory = [...kept(), { question, answer: shown }].slice(-MOST);
  try {
    localStorage.setItem(NAME, JSON.stringify(inMemory));
  } catch {
    // A browser that keeps nothing still has the conversation of this page.
  }
}

export function forget() {
  inMemory = [];
  try {
    localStorage.removeItem(NAME);
  } catch {
    // Nothing was kept.
  }
}
