"""How sure the headline of a module's picture is stands on the picture itself, for the wall shows nothing else."""

from tests.said_in_modules import JUMPED, road
from xsector.charts.theme import Theme
from xsector.export import module_pictures

THEME = Theme(width=1280, height=720)


def texts(figure):
    return " ".join(one.text or "" for one in figure.layout.annotations).replace("<br>", " ")


def test_the_picture_of_chosen_stages_says_how_often_chance_gives_as_much():
    split = road(JUMPED, pictures=[(9, 1, 0, 0), (0, 0, 0, 10)])

    assert "at random, a gap this big would turn up" in texts(module_pictures.stage_choices_picture(split, theme=THEME))


def test_the_picture_of_the_road_says_where_one_person_can_change_it():
    few, many = road(JUMPED, sizes=(2, 4)), road(JUMPED)

    assert "one person can change the picture" in texts(module_pictures.stage_picture(few, theme=THEME))
    assert "one person can change the picture" not in texts(module_pictures.stage_picture(many, theme=THEME))
