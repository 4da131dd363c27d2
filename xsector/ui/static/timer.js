// Counts down to the end without asking the server again; the server says only how many seconds are left.
const SVG = "http://www.w3.org/2000/svg";

function said(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// A clock over a picture stands in the picture's own pixels, so that it grows with it.
function over(place) {
  const sheet = document.createElementNS(SVG, "svg");
  sheet.setAttribute("viewBox", `0 0 ${place.width} ${place.height}`);
  sheet.setAttribute("class", "xs-clock-sheet");
  sheet.setAttribute("aria-hidden", "true");
  const text = document.createElementNS(SVG, "text");
  text.setAttribute("x", place.x);
  text.setAttribute("y", place.y);
  text.setAttribute("dominant-baseline", "central");
  text.setAttribute("text-anchor", place.anchor);
  text.setAttribute("font-size", place.size);
  text.setAttribute("font-family", place.font);
  text.setAttribute("font-weight", "700");
  text.setAttribute("fill", place.colour);
  sheet.append(text);
  return { node: sheet, text };
}

function beside() {
  const node = document.createElement("p");
  node.className = "xs-clock";
  node.setAttribute("role", "timer");
  return { node, text: node };
}

export default function ({ data, parentElement }) {
  const shape = JSON.stringify(data.place || null);
  if (parentElement.xsectorShape !== shape) {
    parentElement.xsectorClock = data.place ? over(data.place) : beside();
    parentElement.replaceChildren(parentElement.xsectorClock.node);
    parentElement.xsectorShape = shape;
  }
  const end = performance.now() + 1000 * data.left;
  // A redrawn page must not make the clock jump by the second that the way took.
  const same = parentElement.xsectorEnds === data.ends && Math.abs(end - parentElement.xsectorEnd) < 2000;
  if (!same) parentElement.xsectorEnd = end;
  parentElement.xsectorEnds = data.ends;
  const clock = parentElement.xsectorClock;
  const tick = () => {
    const left = (parentElement.xsectorEnd - performance.now()) / 1000;
    const words = left > 0 ? said(left) + (data.place ? "" : " left") : data.over;
    if (clock.text.textContent !== words) clock.text.textContent = words;
  };
  tick();
  clearInterval(parentElement.xsectorTick);
  parentElement.xsectorTick = setInterval(tick, 250);
  return () => clearInterval(parentElement.xsectorTick);
}
