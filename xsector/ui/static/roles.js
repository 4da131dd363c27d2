// One job and everybody who might lead it: a row for each organisation, a column for each question.
import { adopt, choosing, heads, make, sender } from "./sending.js";

function choice(column, row, changed) {
  const cell = make("td");
  const level = row.levels[column.code];
  if (level === undefined) return cell;
  const label = make("label");
  const box = make("input");
  box.type = column.many ? "checkbox" : "radio";
  box.name = column.code;
  box.value = level;
  box.setAttribute("aria-label", `${column.title}: ${row.name}`);
  choosing(label, box, (on) => changed(column, level, on));
  label.append(box);
  cell.append(label);
  return cell;
}

function table(data, changed) {
  const table = make("table", "xs-roles-table");
  const body = make("tbody");
  for (const row of data.rows) {
    const line = make("tr", row.beside ? "xs-roles-beside" : "");
    const name = make("th", "xs-roles-name", row.name);
    name.scope = "row";
    if (row.own) name.append(make("span", "xs-roles-own", "you"));
    line.append(name, ...data.columns.map((column) => choice(column, row, changed)));
    body.append(line);
  }
  table.append(heads("xs-roles-who", "Organisation", data.columns.map((column) => column.title)), body);
  return table;
}

function ownPart(data, changed) {
  const set = make("fieldset", "xs-roles-part");
  set.append(make("legend", "", data.own.title), make("p", "xs-roles-note", data.own.note));
  const row = make("div", "xs-roles-parts");
  for (const one of data.own.answers) {
    const label = make("label");
    const box = make("input");
    Object.assign(box, { type: "radio", name: data.own.code, value: one.level });
    choosing(label, box, (on) => changed({ code: data.own.code }, one.level, on));
    label.append(box, make("span", "", one.label));
    row.append(label);
  }
  set.append(row);
  return set;
}

function follow(root, mine) {
  for (const box of root.querySelectorAll("input")) {
    const given = mine.answers[box.name];
    box.checked = Array.isArray(given) ? given.includes(Number(box.value)) : given === Number(box.value);
    box.xsectorWas = false;
    box.closest("label").classList.toggle("xs-on", box.checked);
  }
}

function change(mine, data, column, level, on) {
  const { answers } = mine;
  if (column.many) {
    const rest = (answers[column.code] || []).filter((one) => one !== level);
    answers[column.code] = on ? [...rest, level] : rest;
  } else {
    answers[column.code] = on ? level : null;
  }
  const same = data.same;
  if (same && column.code === same.after && on && answers[same.code] == null) answers[same.code] = same.level;
}

export default function (component) {
  const { data, parentElement } = component;
  const mine = sender(parentElement);
  const fresh = mine.page !== data.page;
  const adopted = adopt(mine, data, component);
  if (fresh) {
    const box = make("div", "xs-roles");
    parentElement.querySelector(".xs-roles")?.remove();
    const changed = (column, level, on) => {
      change(mine, data, column, level, on);
      follow(box, mine);
      mine.soon();
    };
    box.append(table(data, changed));
    if (data.own) box.append(ownPart(data, changed));
    box.append(make("p", "xs-saved", ""));
    parentElement.append(box);
  }
  if (fresh || adopted) follow(parentElement, mine);
  parentElement.querySelector(".xs-saved").textContent = mine.waits() ? "" : data.saved;
}
