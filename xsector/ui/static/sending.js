// What our tables share: nodes that hold text as text, and sending what changed a moment after the last change.
export function make(kind, look, text) {
  const node = document.createElement(kind);
  if (look) node.className = look;
  if (text !== undefined) node.textContent = text;
  return node;
}

// The line of heads of a table: what its rows are, then its columns.
export function heads(look, rows, columns) {
  const line = make("tr");
  line.append(make("th", look, rows));
  for (const title of columns) {
    const cell = make("th", "", title);
    cell.scope = "col";
    line.append(cell);
  }
  const head = make("thead");
  head.append(line);
  return head;
}

// Tells of each choice; a second tap on a chosen radio, or Space on it, takes it back.
export function choosing(label, box, act) {
  box.addEventListener("change", () => act(box.checked));
  box.addEventListener("click", () => box.type === "radio" && box.xsectorWas && act(false));
  label.addEventListener("pointerdown", () => (box.xsectorWas = box.checked));
  box.addEventListener("keydown", (event) => (box.xsectorWas = event.key === " " && box.checked));
}

const PAUSE = 250;
const AGAIN = 3000;

// Sends answers soon after a change, at once when the focus leaves; knows what the server has not heard yet.
export function sender(root) {
  if (root.xsectorSender) return root.xsectorSender;
  const mine = { stamp: Date.now(), heard: 0, timer: 0, give: () => {}, answers: {}, known: {}, touched: new Set() };
  mine.waits = () => mine.timer !== 0 || mine.heard < mine.sent;
  mine.sent = 0;
  mine.now = () => {
    if (!mine.timer) return;
    clearTimeout(mine.timer);
    mine.timer = 0;
    mine.sent = mine.stamp += 1;
    // Only what was touched here: the rest may have been changed in another tab.
    const touched = [...mine.touched].map((code) => [code, mine.answers[code] ?? null]);
    mine.give({ answers: Object.fromEntries(touched), stamp: mine.sent });
    mine.remind();
  };
  // A server that was away has not heard the last change: say it again until it has.
  mine.remind = () => {
    clearTimeout(mine.reminder);
    mine.reminder = setTimeout(() => {
      if (!root.isConnected || mine.timer || mine.heard >= mine.sent) return;
      mine.timer = 1;
      mine.now();
    }, AGAIN);
  };
  mine.soon = () => {
    const said = root.querySelector(".xs-saved");
    if (said) said.textContent = "";
    for (const [code, answer] of Object.entries(mine.answers)) {
      if (JSON.stringify(answer ?? null) !== mine.known[code]) mine.touched.add(code);
      mine.known[code] = JSON.stringify(answer ?? null);
    }
    clearTimeout(mine.timer);
    mine.timer = setTimeout(mine.now, PAUSE);
  };
  root.addEventListener("focusout", mine.now);
  root.xsectorSender = mine;
  return mine;
}

// Takes over what is saved, unless the partner has changed something that the server hasn't heard.
export function adopt(mine, data, component) {
  mine.give = (given) => component.setStateValue("given", given);
  const fresh = mine.page !== data.page;
  if (fresh) Object.assign(mine, { page: data.page, sent: 0, heard: 0 });
  else mine.heard = Math.max(mine.heard, data.stamp);
  if (!fresh && mine.waits()) return false;
  mine.answers = { ...data.answers };
  mine.touched.clear();
  mine.known = Object.fromEntries(Object.entries(data.answers).map(([code, answer]) => [code, JSON.stringify(answer ?? null)]));
  return true;
}
