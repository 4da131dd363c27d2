from tests.charts import samples
from tests.charts.boxes import text_boxes
from xsector.charts.overview import gap_dots
from xsector.charts.theme import Theme


def draw(release, means=None, noisy=()):
    frame = samples.means(release) if means is None else means
    return gap_dots(
        frame, samples.gaps(release, noisy=noisy), release=release, headline="Finding", subtitle="", theme=Theme()
    )


def shown(figure):
    return [text.text for text in figure.layout.annotations]


def pills(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def test_at_most_six_statements_are_drawn():
    figure = draw(samples.release())

    assert len(pills(figure)) == 6


def test_rows_stand_in_the_order_of_the_frame():
    release = samples.release(samples.NAMES[:3])
    figure = draw(release)
    order = [release.items[int(code[1:])].text for code in samples.gaps(release).index[:6]]

    printed = [text.text.replace("<br>", " ") for text in figure.layout.annotations]

    assert [text for text in printed if text in order] == order


def test_a_gap_that_may_be_chance_is_grey_and_explained():
    release = samples.release(samples.NAMES[:3])
    code = samples.gaps(release).index[0]

    figure = draw(release, noisy=(code,))

    greys = [trace for trace in figure.data if trace.type == "scatter" and Theme().faded in trace.marker.color]
    assert len(greys) == 1
    assert "Grey: this gap is no larger than chance would make it." in shown(figure)


def test_names_of_the_ends_leave_the_pills_free():
    release = samples.release(samples.LONG_NAMES, statements=(samples.LONG_STATEMENT,) * 6)
    figure = draw(release)
    edge = min(pill.base[0] for pill in pills(figure))

    names = [box for box in text_boxes(figure) if any(box[0] in name for name in samples.LONG_NAMES) and box[3] > 250]

    assert max(right for _, _, right, _, _ in names) < edge


def test_a_block_without_a_mean_has_no_dot():
    release = samples.release(samples.NAMES[:3])
    means = samples.means(release)
    means["Business"] = float("nan")

    figure = draw(release, means)

    rows = [trace for trace in figure.data if trace.type == "scatter" and len(trace.x) > 1]
    assert [len(row.x) for row in rows] == [2] * 6
    assert "Business" in shown(figure)


def test_a_statement_without_any_mean_says_so():
    release = samples.release(samples.NAMES[:2], statements=samples.STATEMENTS[:1])

    figure = draw(release, samples.means(release) * float("nan"))

    assert "not enough answers" in shown(figure)


def test_the_frames_are_left_as_they_were():
    release = samples.release()
    means, gaps = samples.means(release), samples.gaps(release)

    gap_dots(means, gaps, release=release, headline="Finding", subtitle="", theme=Theme())

    assert means.equals(samples.means(release))
    assert gaps.equals(samples.gaps(release))
