"""While one group alone is shown there is no gap to draw, and the picture says so instead of an empty scale."""

from tests.charts import samples
from xsector.charts.theme import Theme
from xsector.export import pictures
from xsector.reports.results import results_of


def test_the_overview_of_one_group_says_what_it_waits_for():
    release = samples.release(("Government",), sizes=(9,))
    found = results_of(release)

    figure = pictures.overview(
        found.findings, means=found.means, release=release, headline=found.headline, theme=Theme()
    )

    texts = " ".join(text.text for text in figure.layout.annotations).replace("<br>", " ")
    assert found.headline == "Only one group is shown so far: Government"
    assert pictures.READ_ONE in texts
    assert "gap" not in [text.text for text in figure.layout.annotations]
