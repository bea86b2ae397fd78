// When a new Edition comes into force, what this page shows is exchanged for it: no reload, and the reader stays
// where they are. A page as known on a past day stays as it is. A browser that lost the line asks for it again by
// itself, telling the last event that it had.

const news = document.getElementById("news");
let waiting = false;

// Where the reader is: the place of the focused element among all that can have the focus.
const focusable = () => [...document.querySelectorAll("main a, main button, main summary, main [tabindex='0']")];

function typing() {
  return document.activeElement?.matches("main input, main select, main textarea") ?? false;
}

async function fresh() {
  const answer = await fetch(location.href, { cache: "no-cache" });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function exchange(page) {
  const place = focusable().indexOf(document.activeElement);
  const open = [...document.querySelectorAll("main details")].map((one) => one.open);
  const { scrollX, scrollY } = window;
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.querySelector(".foot").replaceWith(page.querySelector(".foot"));
  document.title = page.title;
  [...document.querySelectorAll("main details")].forEach((one, at) => (one.open = open[at] ?? one.open));
  document.dispatchEvent(new CustomEvent("tallystick:shown"));
  if (place >= 0) focusable()[place]?.focus({ preventScroll: true });
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
}

async function show() {
  waiting = typing();
  if (waiting) return;
  const page = await fresh();
  if (page === null || edition(page) === edition(document)) return;
  exchange(page);
  news.textContent = news.dataset.says;
}

const edition = (page) => page.querySelector("[data-edition]").dataset.edition;

if (news.dataset.events) {
  const events = new EventSource(news.dataset.events);
  events.addEventListener("edition", show);
  document.addEventListener("focusout", () => waiting && setTimeout(show));
}
