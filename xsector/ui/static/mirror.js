// Draws a partner's own answer beside their group and everybody. All words go in as text, never as markup.
const KINDS = { 2: [1, 5], 3: [1, 3, 5], 4: [1, 2, 4, 5], 5: [1, 2, 3, 4, 5], 6: [1, 2, 6, 7, 4, 5], 7: [1, 2, 6, 3, 7, 4, 5] };

function make(kind, look, text) {
  const node = document.createElement(kind);
  if (look) node.className = look;
  if (text !== undefined) node.textContent = text;
  return node;
}

// One of the seven tones; a scale that is longer shares them out.
function tone(level, levels) {
  const known = KINDS[levels];
  if (known) return known[level];
  return KINDS[7][Math.round((level * 6) / Math.max(levels - 1, 1))];
}

function legend(levels) {
  const list = make("ul", "xs-mirror-legend");
  levels.forEach((label, level) => {
    const line = make("li");
    line.append(make("span", `xs-mirror-key xs-tone-${tone(level, levels.length)}`), make("span", "", label));
    list.append(line);
  });
  return list;
}

function told(row, question) {
  const parts = row.counts.map((people, level) => (people ? `${people} ${question.levels[level]}` : ""));
  const own = question.you ? ` ${question.you}.` : "";
  return `${row.name}, ${row.words}: ${parts.filter(Boolean).join(", ")}.${own}`;
}

function head(row) {
  const line = make("div", "xs-mirror-head");
  const look = row.finding ? "xs-mirror-finding" : "xs-mirror-people";
  line.append(make("span", "xs-mirror-name", row.name), make("span", look, row.words));
  return line;
}

function cells(row, question, fill) {
  const own = question.own[0];
  const shown = row.counts.map((people, level) => ({ people, level })).filter((one) => one.people || one.level === own);
  return shown.map((one, place) => {
    const cell = make("div", one.people ? "xs-mirror-cell" : "xs-mirror-none");
    if (one.people) cell.style.flexGrow = one.people;
    fill(cell, one, place === 0 ? "first" : place === shown.length - 1 ? "last" : "inside");
    return cell;
  });
}

function strip(row, question) {
  const own = question.own[0];
  const picture = make("div", "xs-mirror-picture");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", told(row, question));
  if (own !== undefined) {
    const marks = make("div", "xs-mirror-marks");
    marks.append(...cells(row, question, (cell, one, where) => {
      if (one.level === own) cell.append(make("span", `xs-mirror-you xs-mirror-you-${where}`, "you"));
    }));
    picture.append(marks);
  }
  const bar = make("div", "xs-mirror-bar");
  bar.append(...cells(row, question, (cell, one) => {
    if (!one.people) return;
    cell.textContent = one.people;
    cell.classList.add(`xs-tone-${tone(one.level, question.levels.length)}`);
    if (one.level === own) cell.classList.add("xs-mirror-own");
  }));
  picture.append(bar);
  return picture;
}

function scale(question) {
  const box = make("div", "xs-mirror-scale");
  for (const row of question.rows) {
    box.append(head(row));
    if (row.people) box.append(strip(row, question));
  }
  return box;
}

function bar(row, option) {
  const cell = make("td", "xs-mirror-share");
  if (!row.people) return cell;
  const track = make("span", "xs-mirror-track");
  const full = make("span", "xs-mirror-full");
  full.style.width = `${(100 * row.counts[option]) / row.people}%`;
  track.append(full);
  cell.append(track, make("span", "xs-mirror-number", row.counts[option]));
  return cell;
}

function options(question) {
  const drawn = question.rows.filter((row) => row.people);
  const box = make("div", "xs-mirror-options");
  if (drawn.length) {
    const table = make("table");
    const top = make("tr");
    top.append(make("th"), ...drawn.map((row) => heading("col", `${row.name} (${row.short})`)));
    table.append(top);
    question.levels.forEach((label, option) => {
      const line = make("tr", question.own.includes(option) ? "xs-mirror-mine" : "");
      const name = heading("row", label);
      if (question.own.includes(option)) name.append(make("span", "xs-mirror-tag", "you"));
      line.append(name, ...drawn.map((row) => bar(row, option)));
      table.append(line);
    });
    box.append(table);
  }
  box.append(...question.rows.filter((row) => !row.people).map(head));
  return box;
}

function heading(scope, text) {
  const cell = make("th", "", text);
  cell.scope = scope;
  return cell;
}

function drawn(question, before) {
  const box = make("section", "xs-mirror-question");
  box.append(make("h4", "", question.text));
  if (question.you) box.append(make("p", "xs-mirror-said", question.you));
  if (question.note) {
    box.append(make("p", "xs-mirror-note", question.note));
    return box;
  }
  const counted = question.rows.some((row) => row.people);
  const known = before && before.levels.join("\n") === question.levels.join("\n");
  if (question.scale && counted && !known) box.append(legend(question.levels));
  box.append(question.scale ? scale(question) : options(question));
  return box;
}

export default function ({ data, parentElement }) {
  const mark = JSON.stringify(data);
  if (parentElement.xsectorDrawn === mark) return;
  const room = make("div", "xs-mirror");
  let before = null;
  for (const question of data.questions) {
    room.append(drawn(question, before));
    if (question.scale && question.rows.some((row) => row.people)) before = question;
  }
  // Streamlit keeps the part's style sheet in the same place.
  parentElement.querySelector(".xs-mirror")?.remove();
  parentElement.append(room);
  parentElement.xsectorDrawn = mark;
}
