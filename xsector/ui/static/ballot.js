// Cards by theme with a box each; at most as many can be marked as there are dots. All words go in as text.
function make(kind, look, text) {
  const node = document.createElement(kind);
  if (look) node.className = look;
  if (text !== undefined) node.textContent = text;
  return node;
}

function told(used, dots) {
  const left = dots - used;
  if (left === 0) return `All ${dots} dots are placed. Take one off to move it.`;
  return `${used} of ${dots} dots placed.`;
}

function line(card, open, chosen) {
  const label = make("label", "xs-ballot-card");
  if (open) {
    const box = make("input");
    box.type = "checkbox";
    box.value = card.place;
    box.checked = chosen.has(card.place);
    label.append(box);
  }
  label.append(make("span", "xs-ballot-text", card.text));
  if (card.count > 1) label.append(make("span", "xs-ballot-count", `×${card.count}`));
  return label;
}

function drawn(data, chosen) {
  const room = make("div", "xs-ballot");
  if (data.open) {
    const said = make("p", "xs-ballot-said");
    said.setAttribute("role", "status");
    room.append(said);
  }
  for (const heap of data.heaps) {
    const group = make("section", "xs-ballot-heap");
    group.append(make("h3", "", heap.label));
    group.append(...heap.cards.map((card) => line(card, data.open, chosen)));
    room.append(group);
  }
  return room;
}

// Those that can't be marked any more are shut; what is marked can always be taken off.
function settle(room, data, chosen) {
  if (!data.open) return;
  room.querySelector(".xs-ballot-said").textContent = told(chosen.size, data.dots);
  for (const box of room.querySelectorAll("input")) {
    box.checked = chosen.has(Number(box.value));
    box.disabled = !box.checked && chosen.size >= data.dots;
    box.closest("label").classList.toggle("xs-ballot-marked", box.checked);
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const mine = (parentElement.xsectorBallot ||= { chosen: new Set(), sent: null, refused: data.refused, cards: "" });
  mine.data = data;
  const saved = JSON.stringify([...data.marked].sort());
  // What was tapped last is on its way: an older answer of the server must not take it off.
  if (mine.sent === saved || mine.refused !== data.refused) mine.sent = null;
  mine.refused = data.refused;
  if (mine.sent === null) mine.chosen = new Set(data.marked);
  const cards = JSON.stringify([data.heaps, data.open]);
  let room = parentElement.querySelector(".xs-ballot");
  if (!room || mine.cards !== cards) {
    room?.remove();
    room = drawn(data, mine.chosen);
    room.addEventListener("change", (event) => {
      const place = Number(event.target.value);
      if (event.target.checked) mine.chosen.add(place);
      else mine.chosen.delete(place);
      settle(room, mine.data, mine.chosen);
      const places = [...mine.chosen].sort((one, other) => one - other);
      mine.sent = JSON.stringify([...places].sort());
      setStateValue("marked", places);
    });
    parentElement.append(room);
    mine.cards = cards;
  }
  settle(room, data, mine.chosen);
}
