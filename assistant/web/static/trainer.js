// The trainer's pages: choosing all, copying a link, and saying that work has begun.
const words = JSON.parse(document.getElementById("words").textContent);
const byId = (id) => document.getElementById(id);

document.documentElement.className = "js";

const told = byId("problem") ?? byId("flash");
if (told) told.focus();

const all = byId("tick-all");
const ticks = [...document.querySelectorAll('.rows input[type="checkbox"]')];

function showAll() {
  all?.setAttribute("aria-pressed", String(ticks.every((tick) => tick.checked)));
}

all?.addEventListener("click", () => {
  const choose = !ticks.every((tick) => tick.checked);
  ticks.forEach((tick) => { tick.checked = choose; });
  showAll();
});
ticks.forEach((tick) => tick.addEventListener("change", showAll));
if (all) showAll();

/** Enter in a field presses the button of its own part of the form. */
for (const [field, button] of [["role", "approve"], ["set-name", "by-link"]]) {
  byId(field)?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !byId(button)) return;
    event.preventDefault();
    byId(button).click();
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = byId(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      byId("said").textContent = words.copied;
      button.dataset.told = words.copied;
    } catch {
      field.select();
      byId("said").textContent = words.copy_failed;
      button.dataset.told = words.copy_failed;
    }
  });
}

const make = byId("make");
make?.addEventListener("submit", () => {
  byId("working").hidden = false;
  byId("said").textContent = words.making;
  byId("make-it").disabled = true;
});
addEventListener("pageshow", () => {
  if (!make) return;
  byId("working").hidden = true;
  byId("make-it").disabled = false;
});

/** The source beside an item shows the quote, not the beginning of its page. */
for (const excerpt of document.querySelectorAll(".excerpt")) {
  const mark = excerpt.querySelector("mark");
  if (mark) excerpt.scrollTop = mark.offsetTop - excerpt.offsetTop - excerpt.clientHeight / 3;
}
