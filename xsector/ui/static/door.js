// A link that stays in this tab, or a button that posts: Streamlit's own links open new tabs.
export default function ({ data, parentElement }) {
  const face = document.createElement(data.post ? "button" : "a");
  face.textContent = data.label;
  face.className = `xs-door xs-door-${data.look}`;
  if (data.post) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = data.path;
    form.append(face);
    parentElement.replaceChildren(form);
    return;
  }
  face.href = data.path;
  parentElement.replaceChildren(face);
}
