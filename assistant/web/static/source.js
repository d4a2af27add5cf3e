// The source page: brings the marked words into view; arrow keys turn pages.
document.documentElement.className = "js";

const mark = document.getElementById("mark");
if (mark && !location.hash) {
  const image = document.querySelector(".sheet img");
  const show = () => mark.scrollIntoView({ block: "center", inline: "start" });
  if (!image || image.complete) show();
  else image.addEventListener("load", show, { once: true });
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
  if (link) document.getElementById(link)?.click();
});
