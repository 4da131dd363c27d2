"""The steps of a whole journey, as a person takes them in a browser."""

import re

from playwright.sync_api import expect

PASSWORD = "four clouds over the harbour"
LAST = "last page"
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def visit(chromium, *, width=1280, height=720, **more):
    """A fresh browser profile with one page; it complains at every blocked or failed script."""
    context = chromium.new_context(viewport={"width": width, "height": height}, **more)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.complaints = []
    page.on("pageerror", lambda problem: page.complaints.append(str(problem)))
    page.on(
        "console",
        lambda said: page.complaints.append(said.text) if "Content Security Policy" in said.text else None,
    )
    return page


def key(page, name):
    """The part of the page with this key."""
    return page.locator(f".st-key-{name}")


def question(page, code, *, round_id=1):
    """The question with this code; how it is laid out stands at the end of its key."""
    return page.locator(f"[class*='st-key-answer-{round_id}-{code}-']")


def settled(page):
    """Wait until the page has shown all that its last run sent."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")


def make_first_account(page, link):
    page.goto(link)
    page.locator("input[name=name]").fill("Kim Convener")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.get_by_role("button").first.click()
    page.wait_for_url(re.compile("/partnerships"))


def make_partnership(page, *, name, sectors):
    key(page, "partnership-new-name").locator("input").fill(name)
    for code in ("government", "nonprofit", "business", "philanthropy", "community", "education"):
        if code not in sectors:
            key(page, f"partnership-new-has-{code}").locator("label").click()
    key(page, "partnership-new-save").get_by_role("button").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def go_to(page, step):
    """Another of the convener's steps, by the line of steps."""
    key(page, "steps").get_by_text(step, exact=False).first.click()
    expect(page.get_by_role("heading", name=step, exact=True).first).to_be_visible()


def add_people(page, lines):
    key(page, "people-paste").locator("textarea").fill("\n".join(lines))
    key(page, "people-paste").locator("textarea").press("Control+Enter")
    key(page, "people-add").get_by_role("button").click()
    expect(page.get_by_text(f"{len(lines)} people", exact=False).first).to_be_visible()


def issue_links(page):
    """Make links for everybody and read them from the table that is offered as a file."""
    key(page, "links-issue").get_by_role("button").click()
    with page.expect_download() as download:
        key(page, "links-csv").get_by_role("link").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return re.findall(r"http\S+?/join/[\w-]+", text)


def make_and_open_round(page, *, title, form):
    key(page, "round-title").locator("input").fill(title)
    key(page, "round-form").get_by_text(form, exact=False).first.click()
    key(page, "round-make").get_by_role("button").click()
    key(page, "round-open").get_by_role("button").click()
    key(page, "confirm-yes").get_by_role("button").click()
    expect(key(page, "room-code").first).to_be_visible()


def come_in(page, link):
    page.goto(link)
    page.get_by_role("button").first.click()
    expect(key(page, "form-begin").or_(key(page, "form-progress")).first).to_be_visible()


def section(page):
    """Where the form stands, as the line of progress says it."""
    progress = key(page, "form-progress")
    expect(progress).to_contain_text(re.compile(f"section|{LAST}"))
    return re.search(rf"section \d+ of \d+|{LAST}", progress.inner_text()).group()


def go_on(page):
    """Press “Next” and wait for the next section."""
    where = section(page)
    key(page, "form-next").get_by_role("button").click()
    expect(key(page, "form-progress")).not_to_contain_text(where)
    settled(page)


def answer_all(page, levels, *, round_id=1):
    """Begin, choose *levels* (item code to place of the answer), and finish."""
    key(page, "form-begin").get_by_role("button").click()
    expect(key(page, "form-progress").first).to_be_visible()
    settled(page)
    left = dict(levels)
    while section(page) != LAST:
        for code in [code for code in left if question(page, code, round_id=round_id).count()]:
            _answer(page, code, place=left.pop(code), round_id=round_id)
        go_on(page)
    key(page, "form-finish").get_by_role("button").click()
    expect(key(page, "receipt")).to_contain_text("receipt")
    return left


def _answer(page, code, *, place, round_id):
    choice = question(page, code, round_id=round_id).get_by_role("radio").nth(place)
    choice.click()
    expect(choice).to_be_checked()
