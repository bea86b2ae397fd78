// Tables sort by a column when its heading is pressed. Without this script they stand as they came.

const SHORTEST = 3;
const FIGURE = /^[-−]?[$]?[\d,]*\.?\d+ ?%?$/;

function told(row, column) {
  const cell = row.cells[column];
  const says = cell.querySelector(".visually-hidden");
  const text = says ? cell.textContent.replace(says.textContent, "") : cell.textContent;
  return { text: text.trim(), absent: cell.querySelector(".absent") !== null || text.trim() === "" };
}

function number(text) {
  return Number(text.replaceAll(/[$,% ]/g, "").replace("−", "-"));
}

// Compares two cells: figures by size, words by the alphabet, what is absent last whichever the way.
function comparing(cells, way) {
  const figures = cells.every((cell) => cell.absent || FIGURE.test(cell.text));
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  return (a, b) => {
    if (a.absent || b.absent) return Number(a.absent) - Number(b.absent);
    return way * (figures ? number(a.text) - number(b.text) : words.compare(a.text, b.text));
  };
}

function sort(heading, table) {
  const ascending = heading.getAttribute("aria-sort") !== "ascending";
  for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
  const body = table.tBodies[0];
  const cells = new Map([...body.rows].map((row) => [row, told(row, heading.cellIndex)]));
  const compare = comparing([...cells.values()], ascending ? 1 : -1);
  body.append(...[...body.rows].sort((a, b) => compare(cells.get(a), cells.get(b))));
}

function sortable(table) {
  const plain = table.tHead?.rows.length === 1 && table.tBodies.length === 1;
  return plain && table.tBodies[0].rows.length >= SHORTEST && !table.querySelector("[colspan], [rowspan], th button");
}

function enhance() {
  for (const table of document.querySelectorAll("main table")) {
    if (!sortable(table)) continue;
    for (const heading of table.tHead.rows[0].cells) {
      if (heading.textContent.trim() === "") continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(heading, table));
      heading.append(button);
    }
  }
}

enhance();
document.addEventListener("tallystick:shown", enhance);
