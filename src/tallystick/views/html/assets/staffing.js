// The answer is fetched and put in place, and the form stays as it is: no reload, and the address says what was asked.
// Without this the form is sent as any other.

const main = document.getElementById("main");
let latest = 0;

async function ask(url, keep) {
  const turn = ++latest;
  const answer = document.getElementById("answer");
  document.getElementById("working").textContent = answer.dataset.working;
  answer.setAttribute("aria-busy", "true");
  const got = await fetch(url, { headers: { accept: "text/html" } }).catch(() => null);
  const page = got && new DOMParser().parseFromString(await got.text(), "text/html");
  if (turn !== latest) return;
  const its = page?.getElementById("main");
  if (!its || !page.getElementById("answer")) return location.assign(url);
  if (keep) history.pushState(null, "", url);
  const focused = document.activeElement?.id;
  main.replaceChildren(...its.childNodes);
  begin();
  document.getElementById(focused)?.focus({ preventScroll: true });
  const told = document.querySelector("main [role='alert'], #answer h2");
  document.getElementById("working").textContent = told?.textContent ?? "";
}

function begin() {
  document.getElementById("staffing")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const action = form.action.split("?")[0];
    ask(`${action}?${new URLSearchParams(new FormData(form))}`, true);
  });
}

addEventListener("popstate", () => ask(location.href, false));
begin();
