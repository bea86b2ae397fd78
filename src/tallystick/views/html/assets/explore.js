// Explore without pressing a button: the page that the form leads to is fetched, and its main part put in place.
// The address always says what is shown; without this the form is sent as any other.

const WAIT = 350;
const main = document.getElementById("main");
let timer = 0;
let latest = 0;

function address(form) {
  const filled = new FormData(form);
  const dimension = filled.get("dimension");
  const value = (filled.get("value") || "").trim();
  const asked = new URLSearchParams();
  for (const [name, one] of filled) {
    const isPair = name === "dimension" || name === "value";
    if (!isPair && one.trim()) asked.append(name, one.trim());
  }
  if (dimension && value) asked.append("where", `${dimension}=${value}`);
  else if (dimension) asked.append("dimension", dimension);
  const action = form.action.split("?")[0];
  const told = asked.toString().replaceAll("%3D", "=").replaceAll("%2C", ",");
  return told ? `${action}?${told}` : action;
}

function replace(text, focused) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const its = page.getElementById("main");
  if (!its) return false;
  main.replaceChildren(...its.childNodes);
  document.title = page.title;
  for (const old of document.querySelectorAll(".languages a, form.known-on")) {
    const at = old.matches("a") ? `.languages a[lang="${old.lang}"]` : "form.known-on";
    const other = page.querySelector(at);
    if (other) old.replaceWith(other);
  }
  begin();
  const again = focused && document.getElementById(focused);
  if (again) again.focus({ preventScroll: true });
  return true;
}

async function show(url, keep) {
  const turn = ++latest;
  const answer = document.getElementById("answer");
  if (answer) answer.setAttribute("aria-busy", "true");
  try {
    const got = await fetch(url, { headers: { accept: "text/html" } });
    const text = await got.text();
    if (turn !== latest) return;
    if (keep) history.pushState(null, "", got.url || url);
    if (!replace(text, document.activeElement && document.activeElement.id)) location.assign(url);
  } catch {
    if (turn === latest) location.assign(url);
  }
}

function soon(event) {
  if (event.target.id === "embed") return;
  const form = event.currentTarget;
  clearTimeout(timer);
  if (event.target.id === "value" && !form.elements.dimension.value) return;
  timer = setTimeout(() => show(address(form), true), WAIT);
}

function begin() {
  const form = document.getElementById("exploring");
  if (!form) return;
  form.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show(address(form), true);
  });
  document.getElementById("follows").hidden = false;
}

addEventListener("popstate", () => show(location.href, false));
begin();
