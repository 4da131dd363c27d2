// Shows one SVG at the width of its place. The old one stays until the new one can be drawn.
export default function ({ data, parentElement }) {
  const mark = `${data.height}|${data.ground}|${data.alt}|${data.svg}`;
  if (parentElement.xsectorDrawn === mark) return;
  const read = new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement;
  if (read.nodeName !== "svg") return;
  for (const node of read.querySelectorAll("script, foreignObject, title, desc")) node.remove();
  const picture = document.importNode(read, true);
  picture.removeAttribute("aria-labelledby");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", data.alt);
  picture.style.display = "block";
  picture.style.width = "100%";
  picture.style.height = data.height || "auto";
  parentElement.style.background = data.ground;
  parentElement.replaceChildren(picture);
  parentElement.xsectorDrawn = mark;
}
