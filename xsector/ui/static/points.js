// What comes first: 100 points over the options, or a first, a second and a third. The sum is always in sight.
import { adopt, make, sender } from "./sending.js";

const steps = (data, answers) => data.options.reduce((sum, one) => sum + (answers[one.code] || 0), 0);

function button(text, label, act, look = "") {
  const node = make("button", look, text);
  node.type = "button";
  if (label) node.setAttribute("aria-label", label);
  node.addEventListener("click", act);
  return node;
}

function pointsRow(data, option, changed) {
  const row = make("div", "xs-points-row");
  const most = data.total / data.step;
  const set = (level) => changed((answers) => (answers[option.code] = Math.max(0, Math.min(most, level))));
  const add = (more) => changed((answers) => {
    answers[option.code] = Math.max(0, Math.min(most, (answers[option.code] || 0) + more));
  });
  const box = make("input");
  Object.assign(box, { type: "number", min: 0, max: data.total, step: data.step, inputMode: "numeric", name: option.code });
  box.setAttribute("aria-label", `Points for: ${option.text}`);
  box.addEventListener("input", () => set(Math.round((Number(box.value) || 0) / data.step)));
  box.addEventListener("focus", () => box.select());
  box.addEventListener("blur", () => changed(() => {}, false));
  // Scrolling over a box that has the focus would change its number.
  box.addEventListener("wheel", () => box.blur(), { passive: true });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const boxes = [...box.closest(".xs-points").querySelectorAll("input[type=number]")];
    boxes[boxes.indexOf(box) + 1]?.focus();
  });
  const bar = make("div", "xs-points-bar");
  bar.append(make("div", "xs-points-fill"));
  row.append(make("div", "xs-points-text", option.text), button("−", `Less for: ${option.text}`, () => add(-1)), box,
    button("+", `More for: ${option.text}`, () => add(1)), bar);
  return row;
}

function foot(data, changed) {
  const foot = make("div", "xs-points-foot");
  const left = make("output", "xs-points-left");
  left.setAttribute("aria-live", "polite");
  const even = () => changed((answers) => data.options.forEach((one, place) => (answers[one.code] = data.even[place])));
  const clear = () => changed((answers) => data.options.forEach((one) => (answers[one.code] = null)));
  const tools = make("div", "xs-points-tools");
  if (data.total) tools.append(button("Even split", "", even));
  tools.append(button("Clear", "", clear));
  foot.append(left, tools);
  return foot;
}

// Arrow keys walk through the table. The browser's own would choose at every step, and so push others out.
function walk(event) {
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (!step) return;
  event.preventDefault();
  const cell = event.target.closest("td");
  const rows = [...event.currentTarget.rows].slice(1);
  const row = rows.indexOf(cell.parentElement) + step[0];
  const place = cell.cellIndex + step[1];
  rows[row]?.cells[place]?.querySelector("input")?.focus();
}

function topTable(data, changed) {
  const table = make("table", "xs-points-table");
  table.addEventListener("keydown", walk);
  const line = make("tr");
  line.append(make("td"), ...data.places.map((one) => make("th", "", one.label)));
  table.append(line);
  for (const option of data.options) {
    const row = make("tr");
    const name = make("th", "xs-points-text", option.text);
    name.scope = "row";
    row.append(name, ...data.places.map((place) => {
      const cell = make("td");
      const label = make("label");
      const box = make("input");
      Object.assign(box, { type: "radio", name: `${data.page}-${place.level}`, value: place.level });
      box.dataset.option = option.code;
      box.setAttribute("aria-label", `${place.label}: ${option.text}`);
      const choose = (on) => changed((answers) => {
        for (const other of data.options) {
          if (answers[other.code] == null || answers[other.code] === place.level) answers[other.code] = 0;
        }
        answers[option.code] = on ? place.level : 0;
      });
      box.addEventListener("change", () => choose(true));
      box.addEventListener("keydown", (event) => {
        if (event.key !== " " && event.key !== "Enter") return;
        event.preventDefault();
        choose(!box.checked);
      });
      label.addEventListener("pointerdown", () => (box.xsectorWas = box.checked));
      box.addEventListener("click", () => box.xsectorWas && choose(false));
      label.append(box);
      cell.append(label);
      return cell;
    }));
    table.append(row);
  }
  return table;
}

function said(data, answers) {
  const untouched = data.options.every((one) => answers[one.code] == null);
  if (!data.total) {
    const open = data.places.filter((place) => data.options.every((one) => answers[one.code] !== place.level));
    return open.length ? `Still to choose: ${open.map((one) => one.label.toLowerCase()).join(", ")}` : "Done";
  }
  const left = data.total - data.step * steps(data, answers);
  if (untouched) return `${data.total} points to give`;
  if (left > 0) return `${left} of ${data.total} points left to give`;
  return left < 0 ? `${-left} points too many` : `All ${data.total} points given`;
}

function follow(root, mine, data) {
  for (const box of root.querySelectorAll("input[type=number]")) {
    const given = mine.answers[box.name];
    const shown = given == null ? "" : String(given * data.step);
    // What is being typed stays as it is: “15” begins with a 1.
    if (root.getRootNode().activeElement !== box) box.value = shown;
    box.closest(".xs-points-row").querySelector(".xs-points-fill").style.width = `${(100 * (given || 0) * data.step) / data.total}%`;
  }
  for (const box of root.querySelectorAll("input[type=radio]")) {
    box.checked = mine.answers[box.dataset.option] === Number(box.value);
    box.xsectorWas = false;
    box.closest("label").classList.toggle("xs-on", box.checked);
  }
  const left = root.querySelector(".xs-points-left");
  left.textContent = said(data, mine.answers);
  left.classList.toggle("xs-over", data.total > 0 && steps(data, mine.answers) * data.step > data.total);
  left.classList.toggle("xs-whole", /^(All|Done)/.test(left.textContent));
}

export default function (component) {
  const { data, parentElement } = component;
  const mine = sender(parentElement);
  const fresh = mine.page !== data.page;
  const adopted = adopt(mine, data, component);
  if (fresh) {
    const box = make("div", "xs-points");
    parentElement.querySelector(".xs-points")?.remove();
    const changed = (act, counts = true) => {
      act(mine.answers);
      if (!counts) return follow(box, mine, data);
      const touched = data.options.some((one) => mine.answers[one.code] != null);
      for (const one of data.options) if (touched && mine.answers[one.code] == null) mine.answers[one.code] = 0;
      follow(box, mine, data);
      mine.soon();
    };
    if (data.total) box.append(...data.options.map((option) => pointsRow(data, option, changed)), foot(data, changed));
    else box.append(topTable(data, changed), foot(data, changed));
    box.append(make("p", "xs-saved", ""));
    parentElement.append(box);
  }
  if (fresh || adopted) follow(parentElement, mine, data);
  parentElement.querySelector(".xs-saved").textContent = mine.waits() ? "" : data.saved;
}
