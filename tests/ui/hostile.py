"""Words that want to be more than words, and every place on a page where we put what people typed."""

import re
import string

TRACKER = "http://evil.test"
TEXTS = (
    f"Zz ![p]({TRACKER}/1.png) zZ",
    f"Zz [![p]({TRACKER}/2.png)]({TRACKER}/2) zZ",
    f"Zz [link]({TRACKER}/3 'title') zZ",
    "Zz ![p][r] [r] [^1] zZ",
    f"Zz <img src={TRACKER}/5.png onerror=alert(5)> zZ",
    "Zz <script>alert(6)</script><svg onload=alert(6)> zZ",
    f"Zz <a href={TRACKER}/7>x</a><iframe src={TRACKER}/7> zZ",
    f"Zz <{TRACKER}/8> <ann@evil.test> zZ",
    f"Zz {TRACKER}/9 https://evil.test/9 zZ",
    "Zz www.evil.test/10 WWW.evil.test ann@evil.test zZ",
    "Zz $\\href{http://evil.test/11}{x}$ $$\\frac{1}{2}$$ zZ",
    "Zz :smile: :heart_eyes: :streamlit: :+1: zZ",
    "Zz :material/home: :material/delete: zZ",
    "Zz :red[red] :blue-background[b] :green-badge[g] :rainbow[r] zZ",
    "Zz :small[s] :shimmer[s] :gray[g] zZ",
    "Zz **bold** _it_ ~~gone~~ `code` ***x*** __y__ zZ",
    "Zz ```mermaid graph TD; A-->B ``` zZ",
    "Zz a -> b <- c <-> d -- e >= f <= g ~= h zZ",
    "Zz | a | b | --- | &amp; &lt;b&gt; &#x41; zZ",
    "Zz # head > quote - dash 1. one + plus * star zZ",
    "Zz javascript:alert(21) [x](javascript:alert(21)) zZ",
    "Zz \\*escaped\\* \\[x\\](\\http://evil.test) \\ zZ",
    "Zz ]( ) [ ! ]] :red[ $ $$ ** zZ",
    "Zz ＜img src=x＞ ：smile： ＄x＄ ＊＊b＊＊ zZ",
)
"""Each is a name too: no longer than 80 characters, and nothing in it that can't be seen."""

PAGE = """
import json
from pathlib import Path

import streamlit as st

from xsector.ui import messages
from xsector.ui.text import plain
from xsector.ui.words import faint, strong

KINDS = {
    "button": lambda said, key: st.button(said, key=key, help=said),
    "caption": lambda said, key: st.caption(said),
    "checkbox": lambda said, key: st.checkbox(said, key=key, help=said),
    "download_button": lambda said, key: st.download_button(said, b"x", key=key),
    "error": lambda said, key: st.error(said),
    "expander": lambda said, key: st.expander(said, key=key).write("inside"),
    "file_uploader": lambda said, key: st.file_uploader(said, key=key),
    "form_submit_button": lambda said, key: st.form(key).form_submit_button(said),
    "header": lambda said, key: st.header(said, anchor=False),
    "info": lambda said, key: st.info(said),
    "link_button": lambda said, key: st.link_button(said, "/"),
    "markdown": lambda said, key: st.markdown(said),
    "metric": lambda said, key: st.metric(said, said, delta=said),
    "multiselect": lambda said, key: st.multiselect(said, ["a"], key=key),
    "number_input": lambda said, key: st.number_input(said, key=key),
    "pills": lambda said, key: st.pills(said, [said, "b"], key=key),
    "popover": lambda said, key: st.popover(said, key=key).write("inside"),
    "progress": lambda said, key: st.progress(0.5, text=said),
    "radio": lambda said, key: st.radio(said, [said, "b"], captions=[said, "c"], key=key),
    "segmented_control": lambda said, key: st.segmented_control(said, [said, "b"], key=key),
    "selectbox": lambda said, key: st.selectbox(said, ["a"], key=key),
    "subheader": lambda said, key: st.subheader(said, anchor=False, help=said),
    "success": lambda said, key: st.success(said),
    "tabs": lambda said, key: st.tabs([said, "b"])[0].write("inside"),
    "text_area": lambda said, key: st.text_area(said, key=key),
    "text_input": lambda said, key: st.text_input(said, key=key),
    "title": lambda said, key: st.title(said, anchor=False),
    "toast": lambda said, key: st.toast(said),
    "toggle": lambda said, key: st.toggle(said, key=key),
    "warning": lambda said, key: st.warning(said),
}
OURS = {
    "strong": lambda text, key: st.markdown(strong(text)),
    "faint": lambda text, key: st.markdown(faint(text)),
    "done": lambda text, key: messages.done(text),
    "notice": lambda text, key: messages.notice(text),
}
RAW = {
    "code": lambda text, key: st.code(text, language=None),
    "dataframe": lambda text, key: st.dataframe({text: [text]}, key=key),
    "options": lambda text, key: st.selectbox("Options", [text, "b"], key=key),
    "placeholder": lambda text, key: st.text_input("Placeholder", placeholder=text, key=key),
    "text": lambda text, key: st.text(text),
    "value": lambda text, key: st.text_area("Value", value=text, key=key),
}
texts = json.loads(Path(st.session_state.get("texts", "texts.json")).read_text(encoding="utf-8"))
for number, text in enumerate(texts):
    for kind, show in KINDS.items():
        show(plain(text), f"{kind}-{number}")
    for kind, show in {**OURS, **RAW}.items():
        show(text, f"{kind}-{number}")
"""
"""A page with every text in every kind of element: those that read Markdown get it as our pages give it."""

JOINER = "\u2060"
LATE = (
    # What Streamlit's page looks for after Markdown has been read, copied from its script.
    r":(?!material\/|streamlit:)[\w+-][\w_+-]*:",
    r":streamlit:",
    r":material/",
    r"(https?:\/\/|www(?=\.))([-.\w]+)([^ \t\r\n]*)",
    r"([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)",
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
)


def seen(marked):
    """What a reader sees: Markdown's backslashes taken away."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", marked)


def live(marked):
    """What Markdown or Streamlit would obey in this text."""
    bare = re.sub(r"\\[!-/:-@\[-`{-~]|\\\n", "", marked)
    marks = sorted(set(bare) & set(string.punctuation))
    return marks + [pattern for pattern in LATE if re.search(pattern, seen(marked), re.IGNORECASE)]


def strings_of(message, path=""):
    """Every string within a protobuf message, with the names of the fields that lead to it."""
    for field, value in message.ListFields():
        here = f"{path}.{field.name}" if path else field.name
        single = isinstance(value, str | bytes | int | float) or hasattr(value, "ListFields")
        for one in [value] if single else value:
            if isinstance(one, str):
                yield here, one
            elif hasattr(one, "ListFields"):
                yield from strings_of(one, here)


def protos_of(tree):
    """The message of every element and block of an AppTest tree, with its kind."""
    for node in getattr(tree, "children", {}).values():
        if getattr(node, "proto", None) is not None:
            yield node.type, node.proto
        yield from protos_of(node)
