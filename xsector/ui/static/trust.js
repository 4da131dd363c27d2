// Every other organisation in rows: contact first, then a table for each statement with those one has contact with.
import { adopt, choosing, heads, make, sender } from "./sending.js";

const met = (data, answers, row) => {
  const contact = data.contact.rows.find((one) => one.about === row.about);
  return answers[contact.code] != null && answers[contact.code] !== data.none;
};

function radio(code, level, said, changed) {
  const label = make("label");
  const box = make("input");
  Object.assign(box, { type: "radio", name: code, value: level });
  box.setAttribute("aria-label", said);
  choosing(label, box, (on) => changed(code, on ? level : null));
  label.append(box);
  return label;
}

function row(table, one, changed) {
  const line = make("tr");
  line.dataset.about = one.about;
  const name = make("th", "xs-trust-name", one.name);
  name.scope = "row";
  if (one.mark) name.append(make("span", "xs-trust-mark", one.mark));
  line.append(name, ...table.levels.map((level) => {
    const cell = make("td");
    cell.append(radio(one.code, level.level, `${one.name}: ${level.said}`, changed));
    return cell;
  }));
  return line;
}

function section(table, number, changed) {
  const box = make("section", "xs-trust-part");
  box.append(make("h4", "", `${number}. ${table.title}`));
  if (table.note) box.append(make("p", "xs-trust-note", table.note));
  const node = make("table", "xs-trust-table");
  const body = make("tbody");
  body.append(...table.rows.map((one) => row(table, one, changed)));
  node.append(heads("xs-trust-who", "Organisation", table.levels.map((level) => level.label)), body);
  box.append(node);
  return box;
}

function single(one, number, changed) {
  const set = make("fieldset", "xs-trust-part xs-trust-single");
  set.append(make("legend", "", `${number}. ${one.title}`));
  if (one.note) set.append(make("p", "xs-trust-note", one.note));
  const row = make("div", "xs-trust-answers");
  for (const answer of one.answers) {
    const label = radio(one.code, answer.level, answer.label, changed);
    label.append(make("span", "", answer.label));
    row.append(label);
  }
  set.append(row);
  return set;
}

function build(data, changed) {
  const box = make("div", "xs-trust");
  const tables = data.contact ? [data.contact, ...data.statements] : [];
  box.append(...tables.map((table, place) => section(table, place + 1, changed)));
  if (data.contact) box.append(make("p", "xs-trust-wait", "Say with whom you had contact; then the questions about them come here."));
  box.append(...data.singles.map((one, place) => single(one, tables.length + place + 1, changed)));
  box.append(make("p", "xs-saved", ""));
  return box;
}

// Whoever one has no contact with is not asked about; what was said of them before is taken back.
function change(mine, data, code, level) {
  mine.answers[code] = level;
  const contact = data.contact?.rows.find((one) => one.code === code);
  if (!contact || met(data, mine.answers, contact)) return;
  for (const table of data.statements) {
    mine.answers[table.rows.find((one) => one.about === contact.about).code] = null;
  }
}

function follow(root, mine, data) {
  for (const box of root.querySelectorAll("input")) {
    box.checked = mine.answers[box.name] === Number(box.value);
    box.xsectorWas = false;
    box.closest("label").classList.toggle("xs-on", box.checked);
  }
  if (!data.contact) return;
  const known = new Set(data.contact.rows.filter((one) => met(data, mine.answers, one)).map((one) => String(one.about)));
  const parts = [...root.querySelectorAll("section.xs-trust-part")].slice(1);
  for (const part of parts) {
    part.hidden = !known.size;
    for (const line of part.querySelectorAll("tbody tr")) line.hidden = !known.has(line.dataset.about);
  }
  root.querySelector(".xs-trust-wait").hidden = known.size > 0;
}

export default function (component) {
  const { data, parentElement } = component;
  const mine = sender(parentElement);
  const fresh = mine.page !== data.page;
  const adopted = adopt(mine, data, component);
  if (fresh) {
    parentElement.querySelector(".xs-trust")?.remove();
    const box = build(data, (code, level) => {
      change(mine, data, code, level);
      follow(parentElement, mine, data);
      parentElement.querySelector(".xs-saved").textContent = "";
      mine.soon();
    });
    parentElement.append(box);
  }
  if (fresh || adopted) follow(parentElement, mine, data);
  parentElement.querySelector(".xs-saved").textContent = mine.waits() ? "" : data.saved;
}
