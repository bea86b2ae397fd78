// When another Edition comes into force, what this page shows is exchanged for it: no reload, and the reader stays
// where they are. A page as known on a past day stays as it is. A browser that lost the line asks for it again by
// itself and tells the last event that it had.

const news = document.getElementById("news");
const PATIENCE = 20; // times that an answer which is still being worked out is asked for again
let served = said(document);
let waiting = false;
let settling = false;
let lost = null; // what had the focus, while its figures are being worked out

// What a page says, as the server wrote it.
function said(page) {
  return page.querySelector("main").innerHTML + (page.querySelector(".foot")?.innerHTML ?? "");
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

// What of this page is still being worked out, if anything: it says after how many seconds to ask again.
const waits = () => document.querySelector("[data-waits]");

const edition = () => document.querySelector("[data-edition]").dataset.edition;

// All that can have the focus, to find its place again.
const focusable = () => [...document.querySelectorAll("main a, main button, main summary, main [tabindex='0']")];

// What tells a link or button from the others, in whichever place it stands.
const named = (one) => one?.getAttribute("href") ?? one?.textContent;

function isTyping() {
  return document.activeElement?.matches("main input, main select, main textarea") ?? false;
}

async function fresh() {
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    const answer = await fetch(location.href, { cache: "no-cache" });
    if (answer.ok) return new DOMParser().parseFromString(await answer.text(), "text/html");
    const seconds = Number(answer.headers.get("retry-after"));
    if (!seconds) return null;
    await pause(seconds);
  }
  return null;
}

function exchange(page) {
  const place = focusable().indexOf(document.activeElement);
  const name = place >= 0 ? named(document.activeElement) : lost;
  const open = [...document.querySelectorAll("main details")].map((one) => one.open);
  const { scrollX, scrollY } = window;
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.querySelector(".foot").replaceWith(page.querySelector(".foot"));
  document.title = page.title;
  [...document.querySelectorAll("main details")].forEach((one, at) => (one.open = open[at] ?? one.open));
  document.dispatchEvent(new CustomEvent("tallystick:shown"));
  if (name) {
    const now = focusable();
    const found = now.find((one) => named(one) === name);
    lost = !found && waits() ? name : null;
    (found ?? (lost ? null : now[Math.max(place, 0)]))?.focus({ preventScroll: true });
  }
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
}

async function show() {
  waiting = isTyping();
  if (waiting) return;
  const page = await fresh();
  if (page === null || said(page) === served) return;
  served = said(page);
  exchange(page);
  news.textContent = news.dataset.says;
  settle();
}

// A page that is not whole is asked for until it is; a reader who stopped that, or who types, is left alone.
async function settle() {
  if (settling) return;
  settling = true;
  for (let tries = 0; waits() && tries < 10 * PATIENCE; tries += 1) {
    await pause(Number(waits().dataset.waits));
    if (isTyping()) continue;
    const answer = await fetch(location.href, { cache: "no-cache" });
    if (!answer.ok) continue;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!document.querySelector(".foot")) return location.reload();
    if (said(page) === served) continue;
    served = said(page);
    exchange(page);
    if (!waits()) news.textContent = news.dataset.settled;
  }
  settling = false;
}

settle();

if (news.dataset.events) {
  const sign = news.dataset.events.includes("?") ? "&" : "?";
  const events = new EventSource(`${news.dataset.events}${sign}edition=${edition()}`);
  events.addEventListener("edition", show);
  document.addEventListener("focusout", () => waiting && setTimeout(show));
}
