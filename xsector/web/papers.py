"""Our own small pages: one look, no script, every word escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from xsector.web.headers import STRICT

_STYLE: Final = """
@font-face { font-family: "Source Sans 3"; src: url(/fonts/SourceSans3-Regular.woff2); font-weight: 400; }
@font-face { font-family: "Source Sans 3"; src: url(/fonts/SourceSans3-Semibold.woff2); font-weight: 600; }
:root { color-scheme: light dark; --ink: #1B1F2A; --paper: #FFFFFF; --soft: #F3F5F8; --line: #7A828F;
  --main: #005A8C; --on: #FFFFFF; --bad: #9F1239; }
@media (prefers-color-scheme: dark) { :root { --ink: #FAFAFA; --paper: #0E1117; --soft: #1C212B;
  --line: #9AA1AE; --main: #56B4E9; --on: #0E1117; --bad: #FDA4AF; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--soft); color: var(--ink);
  font: 400 1.125rem/1.5 "Source Sans 3", "Segoe UI", Arial, sans-serif; }
main { max-width: 36rem; margin: 8vh auto; padding: 2rem; background: var(--paper); border-radius: 8px; }
h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.2; font-weight: 600; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 1rem; font-size: 1.25rem; line-height: 1.2; font-weight: 600; }
ul { margin: 0 0 1rem; padding-left: 1.25rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
label { display: block; margin: 0 0 .25rem; font-weight: 600; }
input, select { display: block; width: 100%; min-height: 2.75rem; margin: 0 0 1rem; padding: .5rem .75rem;
  font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
button, a.button { display: inline-block; min-height: 2.75rem; padding: .5rem 1.5rem; border: 0;
  border-radius: 6px; background: var(--main); color: var(--on); font: inherit; font-weight: 600;
  text-decoration: none; cursor: pointer; }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
button.grave { background: var(--bad); } a { color: var(--main); } .problem { color: var(--bad); font-weight: 600; }
.code { text-transform: uppercase; letter-spacing: .15em; } .address { user-select: all; }
form + p { margin-top: 1.5rem; } form + form { margin-top: 1rem; }
.tick { display: flex; gap: .75rem; align-items: flex-start; } .tick label { margin: 0; font-weight: 400; }
.tick input { flex: none; width: 1.5rem; min-height: 1.5rem; margin: 0; }
.qr svg { display: block; width: 12rem; height: 12rem; margin: 0 0 1rem; }
"""


def paper(title: str, *, body: str, status: int = 200) -> HTMLResponse:
    """A page with *title*, which is escaped here, and *body*, which is markup already."""
    # A browser that sends no referrer at all sends no origin with a form either, and without https
    # there is nothing else to tell our forms by; within our own pages it may say where it was.
    markup = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="same-origin"><meta name="robots" content="noindex">'
        f'<link rel="icon" href="data:,"><title>{escape(title)}</title><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(markup, status_code=status, headers=OWN_HEADERS)


OWN_HEADERS: Final = {"Cache-Control": "no-store", "Content-Security-Policy": STRICT}


def words(text: str) -> str:
    """A paragraph of *text*."""
    return f"<p>{escape(text)}</p>"


def heading(text: str) -> str:
    """What a part of the page is about."""
    return f"<h2>{escape(text)}</h2>"


def lines(texts: Sequence[str]) -> str:
    """A list of short *texts*."""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def problem(text: str) -> str:
    """A paragraph that says what went wrong; read out at once."""
    return f'<p class="problem" role="alert">{escape(text)}</p>' if text else ""


def form(*parts: str, button: str, action: str = "", look: str = "") -> str:
    """A form that posts *parts* to *action*, by default to the page's own address; *look* is ``grave`` or none."""
    where = f' action="{escape(action)}"' if action else ""
    send = f'<button type="submit" class="{look}">{escape(button)}</button>'
    return f'<form method="post"{where}>{"".join(parts)}{send}</form>'


def field(
    name: str, *, label: str, value: str = "", kind: str = "text", complete: str = "off", look: str = "", mark: str = ""
) -> str:
    """A labelled line to type in; *complete* tells password managers what it is.

    A page with two fields of one name gives each a *mark* of its own.
    """
    mark = mark or name
    spell = ' autocapitalize="none" spellcheck="false"' if kind == "password" or look == "code" else ""
    return (
        f'<label for="{mark}">{escape(label)}</label><input id="{mark}" name="{name}" type="{kind}" '
        f'value="{escape(value)}" autocomplete="{complete}" class="{look}" maxlength="1000" required{spell}>'
    )


TICKED: Final = "yes"


def tick(name: str, *, label: str) -> str:
    """A labelled box that is empty at first; its field is TICKED, or missing."""
    return (
        f'<p class="tick"><input id="{name}" name="{name}" type="checkbox" value="{TICKED}">'
        f'<label for="{name}">{escape(label)}</label></p>'
    )


def hidden(name: str, *, value: str) -> str:
    """A value that the form carries along."""
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def choice(name: str, *, label: str, options: tuple[tuple[str, str], ...]) -> str:
    """A labelled list of (value, words) to choose one from."""
    first = '<option value="" selected disabled>Choose …</option>'
    lines = "".join(f'<option value="{escape(value)}">{escape(said)}</option>' for value, said in options)
    heading = f'<label for="{name}">{escape(label)}</label>'
    return f'{heading}<select id="{name}" name="{name}" required>{first}{lines}</select>'


def link(address: str, *, said: str) -> str:
    """A paragraph with one link that looks like a button."""
    return f'<p><a class="button" href="{escape(address)}">{escape(said)}</a></p>'
