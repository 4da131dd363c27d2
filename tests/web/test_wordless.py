import logging
import sys

import pytest

from xsector.web.wordless import LOGGERS, Wordless, keep_words_out_of_logs

SECRET = "the answer of Ann"


@pytest.fixture
def loggers():
    """The loggers, given back as they were."""
    before = {name: list(logging.getLogger(name).filters) for name in LOGGERS}
    yield [logging.getLogger(name) for name in LOGGERS]
    for name, filters in before.items():
        logging.getLogger(name).filters = filters


def broken():
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        raise LookupError(SECRET) from error


def written(logger):
    """The lines that *logger* would write of a mistake."""
    try:
        broken()
    except LookupError:
        record = logger.makeRecord(logger.name, logging.ERROR, __file__, 1, "Broken", (), sys.exc_info())
    assert logger.filter(record)
    return logging.Formatter().format(record)


def test_a_trace_says_what_kind_and_where_and_not_the_words(loggers):
    keep_words_out_of_logs()

    for logger in loggers:
        lines = written(logger)
        assert SECRET not in lines
        assert "ValueError\nwhich led to\n" in lines
        assert lines.endswith("LookupError")
        assert "in broken" in lines


def test_asking_twice_changes_nothing(loggers):
    keep_words_out_of_logs()
    keep_words_out_of_logs()

    assert [sum(isinstance(one, Wordless) for one in logger.filters) for logger in loggers] == [1] * len(LOGGERS)


def test_a_record_without_a_trace_stays_as_it_is():
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "Ready", (), None)

    assert Wordless().filter(record)
    assert logging.Formatter().format(record) == "Ready"
