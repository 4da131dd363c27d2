// A board on which cards are moved by mouse or by keyboard. All words go in as text, never as markup.
// What is done is shown at once and told to the server as a list, so that nothing is lost when hands are fast.
function make(kind, look, text) {
  const node = document.createElement(kind);
  if (look) node.className = look;
  if (text !== undefined) node.textContent = text;
  return node;
}

function press(text, label, act) {
  const button = make("button", "xs-sort-press", text);
  button.type = "button";
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

// What a move does to the cards, here as on the server.
function moved(cards, move) {
  const known = new Map(cards.map((card) => [card.place, { ...card }]));
  const card = known.get(move.place);
  if (!card) return cards;
  if (move.what === "assign") Object.assign(card, { theme: move.to, suggested: null });
  if (move.what === "hide") card.hidden = true;
  if (move.what === "unhide") card.hidden = false;
  if (move.what === "apart") for (const one of known.values()) if (one.under === card.place) one.under = null;
  if (move.what === "join" && known.has(move.to)) {
    const top = known.get(move.to).under ?? move.to;
    const from = card.under ?? card.place;
    if (top !== from) {
      for (const one of known.values()) if (one.place === from || one.under === from) one.under = top;
    }
  }
  return [...known.values()];
}

function chooser(board, card) {
  const list = make("select", "xs-sort-to");
  list.setAttribute("aria-label", `Theme of “${card.text}”`);
  for (const theme of [{ number: null, label: "No theme yet" }, ...board.data.themes]) {
    const option = make("option", "", theme.label);
    option.value = theme.number ?? "";
    option.selected = (card.theme ?? null) === theme.number;
    list.append(option);
  }
  list.addEventListener("change", () => {
    board.focus = card.place;
    board.tell("assign", card.place, list.value === "" ? null : Number(list.value));
  });
  return list;
}

function joining(board, card) {
  if (board.joining === null) {
    return press("Same as…", `“${card.text}” says the same as another card`, () => {
      board.joining = card.place;
      board.focus = card.place;
      board.draw();
    });
  }
  if (board.joining === card.place) {
    return press("Cancel", "Join no cards", () => {
      board.joining = null;
      board.focus = card.place;
      board.draw();
    });
  }
  const button = press("This one", `Join it with “${card.text}”`, () => {
    const place = board.joining;
    board.joining = null;
    board.focus = card.place;
    board.tell("join", place, card.place);
  });
  button.classList.add("xs-sort-this");
  return button;
}

function tools(board, card, under) {
  const row = make("div", "xs-sort-tools");
  const guess = board.data.themes.find((theme) => theme.number === card.suggested);
  if (board.data.sortable && board.joining === null) {
    if (guess && (card.theme ?? null) === null) {
      const taken = press(`→ ${guess.label}`, `Put “${card.text}” under ${guess.label}`, () => {
        board.tell("assign", card.place, guess.number);
      });
      taken.classList.add("xs-sort-guess");
      row.append(taken);
    }
    row.append(chooser(board, card));
  }
  if (board.data.sortable) row.append(joining(board, card));
  if (board.data.sortable && under.length && board.joining === null) {
    row.append(press("Apart", `Take the ${under.length + 1} cards apart`, () => board.tell("apart", card.place, null)));
  }
  if (board.joining === null) row.append(press("Hide", `Hide “${card.text}”`, () => board.tell("hide", card.place, null)));
  return row;
}

function paper(board, card, under) {
  const box = make("article", "xs-sort-card");
  box.dataset.place = card.place;
  const text = make("p", "xs-sort-text", card.text);
  if (under.length) text.append(make("span", "xs-sort-count", `×${under.length + 1}`));
  box.append(text);
  for (const one of under) box.append(make("p", "xs-sort-under", one.text));
  box.append(tools(board, card, under));
  if (board.joining === card.place) box.classList.add("xs-sort-joining");
  if (board.data.sortable) {
    box.draggable = true;
    box.addEventListener("dragstart", (event) => {
      board.dragging = true;
      event.dataTransfer.setData("text/plain", String(card.place));
    });
    box.addEventListener("dragend", () => board.rest());
  }
  return box;
}

function hiddenPaper(board, card) {
  const box = make("article", "xs-sort-card xs-sort-hidden");
  box.dataset.place = card.place;
  box.append(make("p", "xs-sort-text", card.text));
  const row = make("div", "xs-sort-tools");
  row.append(press("Show again", `Show “${card.text}” again`, () => board.tell("unhide", card.place, null)));
  box.append(row);
  return box;
}

function column(board, { label, look, cards, drop }) {
  const place = make("section", `xs-sort-column ${look}`);
  const head = make("h3", "", label);
  head.append(make("span", "xs-sort-number", String(cards.count)));
  place.append(head);
  const papers = make("div", "xs-sort-papers");
  papers.append(...cards.papers);
  place.append(papers);
  if (drop) {
    place.addEventListener("dragover", (event) => {
      event.preventDefault();
      place.classList.add("xs-sort-over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("xs-sort-over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("xs-sort-over");
      const moved = Number(event.dataTransfer.getData("text/plain"));
      if (Number.isInteger(moved) && moved > 0) drop(moved);
    });
  }
  return place;
}

class Board {
  constructor(parent) {
    this.parent = parent;
    this.mount = `${Date.now()}-${Math.floor(Math.random() * 1e9)}`;
    this.sequence = 0;
    this.waiting = [];
    this.joining = null;
    this.focus = null;
    this.shown = "";
    this.dragging = false;
  }

  take(data, setStateValue) {
    this.data = data;
    this.setStateValue = setStateValue;
    const done = data.done[this.mount] ?? 0;
    this.waiting = this.waiting.filter((move) => move.sequence > done);
    this.cards = this.waiting.reduce(moved, data.cards);
    const mark = JSON.stringify([this.cards, data.themes, data.sortable, this.joining]);
    // A board that shows it already stays: somebody may be choosing from a list in it, or hold a card.
    if (mark !== this.shown && !this.dragging) this.draw();
  }

  rest() {
    this.dragging = false;
    this.draw();
  }

  tell(what, place, to) {
    this.sequence += 1;
    const move = { sequence: this.sequence, what, place, to };
    this.waiting.push(move);
    this.cards = moved(this.cards, move);
    this.draw();
    this.setStateValue("moves", { mount: this.mount, moves: this.waiting });
  }

  gathered(keep) {
    const heads = this.cards.filter((card) => !card.hidden && (card.under ?? null) === null && keep(card));
    const papers = heads.map((card) => {
      const under = this.cards.filter((one) => one.under === card.place && !one.hidden);
      return { count: 1 + under.length, paper: paper(this, card, under) };
    });
    return { count: papers.reduce((sum, one) => sum + one.count, 0), papers: papers.map((one) => one.paper) };
  }

  draw() {
    const known = new Set(this.data.themes.map((theme) => theme.number));
    this.dragging = false;
    this.focus ??= this.parent.querySelector("[data-place]:focus-within")?.dataset.place ?? null;
    const places = new Map([...this.parent.querySelectorAll(".xs-sort-papers")].map((one, at) => [at, one.scrollTop]));
    const room = make("div", "xs-sort");
    const put = (number) => (this.data.sortable ? (place) => this.tell("assign", place, number) : null);
    const loose = this.gathered((card) => !known.has(card.theme ?? null));
    if (loose.count || this.data.sortable) {
      room.append(column(this, { label: "No theme yet", look: "xs-sort-loose", cards: loose, drop: put(null) }));
    }
    for (const theme of this.data.themes) {
      const cards = this.gathered((card) => card.theme === theme.number);
      room.append(column(this, { label: theme.label, look: "", cards, drop: put(theme.number) }));
    }
    const hidden = this.cards.filter((card) => card.hidden);
    if (hidden.length) {
      const papers = hidden.map((card) => hiddenPaper(this, card));
      room.append(column(this, { label: "Hidden from the room", look: "xs-sort-loose", cards: { count: papers.length, papers }, drop: null }));
    }
    this.parent.querySelector(".xs-sort")?.remove();
    this.parent.append(room);
    [...room.querySelectorAll(".xs-sort-papers")].forEach((one, at) => { one.scrollTop = places.get(at) ?? 0; });
    if (this.focus !== null) room.querySelector(`[data-place="${this.focus}"] :is(select, button)`)?.focus();
    this.focus = null;
    this.shown = JSON.stringify([this.cards, this.data.themes, this.data.sortable, this.joining]);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  parentElement.xsectorBoard ||= new Board(parentElement);
  parentElement.xsectorBoard.take(data, setStateValue);
}
