from tests.charts import samples
from xsector.charts.heat import heat_map
from xsector.charts.options import option_bars
from xsector.charts.people import people_per_dot, person_dots
from xsector.charts.shares import block_rows, net
from xsector.charts.theme import Theme
from xsector.charts.waiting import Arrived, code_place, waiting_wall
from xsector.charts.within import is_split, within_bars
from xsector.model.instrument import Kind
from xsector.model.released import Missing

SHOWN = {"headline": "Finding", "subtitle": "", "theme": Theme()}


def texts(figure):
    return [text.text for text in figure.layout.annotations]


def test_a_block_is_boxed_when_both_sides_hold_thirty_percent():
    release = samples.release()
    figure = within_bars(release.items[0], release=release, note="", **SHOWN)

    split = [row.label for row in block_rows(release.items[0], release=release) if is_split(row)]
    assert split == ["Non-profit", "Community"]
    assert len([shape for shape in figure.layout.shapes if shape.type == "rect"]) == 2


def test_net_agreement_leaves_the_neutral_answer_out():
    release = samples.release(samples.NAMES[:1])

    assert round(net(block_rows(release.items[0], release=release)[0])) == 44


def test_the_projected_heat_map_has_seven_rows_and_the_paper_all():
    release = samples.release()
    frames = (samples.means(release), samples.gaps(release))

    wall = heat_map(*frames, release=release, **SHOWN)
    paper = heat_map(*frames, release=release, rows=None, **SHOWN)

    assert (len(wall.data) - 5, wall.layout.height) == (7 * 6, 720)
    assert len(paper.data) - 5 == 8 * 6


def test_a_missing_mean_is_a_dash():
    release = samples.release()
    means = samples.means(release)
    means.iloc[0, 0] = float("nan")

    figure = heat_map(means, samples.gaps(release), release=release, **SHOWN)

    assert texts(figure).count("–") == 1


def test_a_mean_on_a_border_belongs_to_the_upper_class():
    release = samples.release(samples.NAMES[:2], statements=samples.STATEMENTS[:1])
    means = samples.means(release) * 0 + 3.4

    figure = heat_map(means, samples.gaps(release), release=release, **SHOWN)

    assert figure.data[-1].marker.color == (Theme().answers(5)[3],)


def test_frames_without_rows_make_an_empty_heat_map():
    release = samples.release()

    figure = heat_map(samples.means(release), samples.gaps(release).head(0), release=release, **SHOWN)

    assert figure.layout.meta["alt"] == "Finding. 40 of 52 invited people answered."


def test_one_dot_is_one_person_up_to_120():
    assert [people_per_dot(people) for people in (0, 120, 121, 240, 241, 1340, 60_000)] == [1, 1, 2, 2, 5, 20, 500]


def test_as_many_dots_as_people_and_no_sector():
    release = samples.release()
    figure = person_dots(release.items[0], release=release, **SHOWN)

    assert sum(len(trace.x) for trace in figure.data) == 40
    assert not any(name in figure.to_json() for name in samples.NAMES)
    assert "One dot is one person." in texts(figure)


def test_options_are_sorted_by_everyone_and_shares_are_of_those_who_answered():
    groups = samples.blocks(samples.NAMES[:1], sizes=(10,))
    item = samples.item("c", groups=groups, levels=("A", "B"), kind=Kind.CHOICES, ordered=False)
    item = item.__class__(**{field: getattr(item, field) for field in item.__slots__}
                          | {"counts": ((2, 8),), "missing": (Missing(skipped=2),)})  # fmt: skip
    release = samples.release(samples.NAMES[:1], sizes=(10,))

    figure = option_bars(item, release=release, note="", **SHOWN)

    assert [text for text in texts(figure) if text in ("A", "B")] == ["B", "A"]
    assert texts(figure).count("100%") == 2
    assert texts(figure).count("25%") == 2


def test_the_wall_before_the_reveal_shows_only_who_arrived():
    figure = waiting_wall("Spring", answered=12, invited=17, subtitle="", theme=Theme(),
                          sectors=[Arrived(label="Business", look=2, answered=5)])  # fmt: skip

    assert texts(figure) == ["Spring", "12", "of 17 have answered", "5", "Business"]
    assert figure.layout.annotations[1].font.size >= 0.08 * 720


def test_the_wall_keeps_room_for_a_code_and_draws_nothing_there():
    sectors = [Arrived(label=f"A sector with a long name {one}", look=one, answered=5) for one in range(6)]
    figure = waiting_wall("Spring", answered=17, invited=17, subtitle="", theme=Theme(), sectors=sectors, scan="Scan")

    place = code_place(Theme())
    ends = [
        base + width
        for bars in figure.data
        if bars.type == "bar"
        for base, width in zip(bars.base, bars.x, strict=True)
    ]
    assert "Scan" in texts(figure)
    assert max(ends) < place.left
    assert place.right - place.left == place.bottom - place.top == 300
