"""Partners and facilitators without a browser, each through a recorded door of their own."""

from tests.benchmarks import walk
from tests.benchmarks.protocol import Tab, ask
from tests.browser.planted import RATED


async def answer(port, person, *, comment):
    """Come in by link, answer everything, *comment*, and finish unless the person never does; gives the cookie."""
    _, cookie = await walk.come_in(port, person.token)
    levels = dict(zip(RATED, person.levels, strict=True))
    async with Tab(port, page="answer", cookie=cookie) as tab:
        await tab.open()
        await tab.press(tab.button("form-begin"))
        while tab.button("form-next") is not None:
            for place in range(len(walk.questions(tab))):
                asked = walk.questions(tab)[place]
                code = asked.key.split("-")[2]
                if asked.kind == "text_area":
                    await tab.write(asked, person.said)
                else:
                    await tab.choose(asked, asked.options[levels[code]])
            await tab.press(tab.button("form-next"))
        comment(person)
        if person.finishes:
            await walk.finish(tab, walk=walk.Walk())
    return cookie


async def look(port, *, cookie, page):
    """Open a page and stay until it stands; gives its words."""
    async with Tab(port, page=page, cookie=cookie) as tab:
        await tab.open()
        return tab.words()


async def sign_in(port, *, name, password):
    """The cookie of an account."""
    reply = await ask(port, "POST", "/sign-in", fields={"name": name, "password": password})
    return reply.cookie


async def look_at_every_question(port, *, cookie, texts, mark):
    """Choose one question after the other on the Results page; *mark* is told when each was chosen."""
    async with Tab(port, page="results", cookie=cookie) as tab:
        await tab.open()
        for code, text in texts.items():
            choosing = next(one for one in tab.widgets("selectbox") if one.key == "result-item")
            mark(code)
            await tab.choose(choosing, text)
        mark("")
