// Shows one SVG at the width of its place. The old one stays until the new one can be drawn.
export default function ({ data, parentElement }) {
  const mark = `${data.height}|${data.alt}|${data.svg}`;
  if (parentElement.xsectorDrawn === mark) return;
  const picture = new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement;
  if (picture.nodeName !== "svg") return;
  for (const node of picture.querySelectorAll("script, foreignObject")) node.remove();
  if (!picture.getAttribute("viewBox")) {
    picture.setAttribute("viewBox", `0 0 ${parseFloat(picture.getAttribute("width"))} ${parseFloat(picture.getAttribute("height"))}`);
  }
  picture.removeAttribute("width");
  picture.removeAttribute("height");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", data.alt);
  picture.style.display = "block";
  picture.style.width = "100%";
  picture.style.height = data.height || "auto";
  parentElement.replaceChildren(document.importNode(picture, true));
  parentElement.xsectorDrawn = mark;
}
