// Personal data that a question does not need, seen before it is sent.
const ELEVEN = /(?<!\d)(\d{2})(\d{2})(\d{2})[ .-]?(\d{5})(?!\d)/g;
const EMAIL = /[^\s@<>()]+@[^\s@<>()]+\.[a-zæøå]{2,}/i;
const PHONE = /(?<![\d.,-])(?:(?:\+|00)47[ -]?)?([2-9]\d{7}|[2-9]\d(?: \d\d){3}|[49]\d\d \d\d \d{3})(?![\d.,]*\d)/g;
const MONEY_BEFORE = /(kr|nok|kroner|€|eur)\.?\s*$/i;
const MONEY_AFTER = /^\s*(kr|nok|kroner|mill|€|eur|,-)/i;

/** Any of national_id, email, phone. */
export function findPersonal(text) {
  const found = [];
  if ([...text.matchAll(ELEVEN)].some(looksLikeNationalId)) found.push("national_id");
  if (EMAIL.test(text)) found.push("email");
  if ([...text.matchAll(PHONE)].some((match) => !isMoney(text, match))) found.push("phone");
  return found;
}

// Days of D-numbers begin at 41; months of synthetic and helper numbers lie 40, 65 or 80 higher.
function looksLikeNationalId([, day, month]) {
  const days = Number(day) % 40;
  const months = [0, 40, 65, 80].map((more) => Number(month) - more);
  return days >= 1 && days <= 31 && months.some((m) => m >= 1 && m <= 12);
}

function isMoney(text, match) {
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  return !match[0].startsWith("+") && (MONEY_BEFORE.test(before) || MONEY_AFTER.test(after));
}
