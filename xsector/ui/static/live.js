// Hears from the server that this page has something new to show, and lets it be drawn. Says nothing itself.
const AGAIN = [500, 1000, 2000, 4000];

function open(mine) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/live/${mine.where}`);
  mine.socket = socket;
  socket.onmessage = (event) => {
    mine.tries = 0;
    mine.newest = event.data;
    tell(mine);
  };
  socket.onclose = (event) => {
    if (mine.socket !== socket || mine.over || event.code === 4403) return;
    const wait = AGAIN[Math.min(mine.tries, AGAIN.length - 1)];
    mine.tries += 1;
    // A room that lost its server must not come back in one moment.
    mine.timer = setTimeout(() => open(mine), wait * (0.75 + Math.random() / 2));
  };
}

function tell(mine) {
  if (!mine.newest || mine.newest === mine.seen || mine.newest === mine.told) return;
  mine.told = mine.newest;
  mine.trigger("moved", mine.newest);
}

export default function ({ data, parentElement, setTriggerValue }) {
  let mine = parentElement.xsectorLive;
  if (!mine || mine.where !== data.where) {
    if (mine) close(mine);
    mine = { where: data.where, tries: 0 };
    parentElement.xsectorLive = mine;
  }
  mine.over = false;
  mine.seen = data.seen;
  mine.trigger = setTriggerValue;
  clearTimeout(mine.ending);
  if (!mine.socket || mine.socket.readyState > 1) open(mine);
  tell(mine);
  // The part is drawn anew with each run: only one that stays away has ended.
  return () => {
    mine.ending = setTimeout(() => close(mine), 1500);
  };
}

function close(mine) {
  mine.over = true;
  clearTimeout(mine.timer);
  if (mine.socket) mine.socket.close();
  mine.socket = null;
}
