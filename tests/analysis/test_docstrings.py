"""What the docstrings of the analysis show is what it does."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

from xsector import analysis

NAMES = sorted(module.name for module in pkgutil.iter_modules(analysis.__path__))


@pytest.mark.parametrize("name", NAMES)
def test_examples_give_what_they_show(name):
    module = importlib.import_module(f"xsector.analysis.{name}")

    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_public_function_says_what_the_caller_gets(name):
    module = importlib.import_module(f"xsector.analysis.{name}")
    own = [one for _, one in inspect.getmembers(module, inspect.isfunction) if one.__module__ == module.__name__]

    assert [one.__name__ for one in own if not one.__name__.startswith("_") and not one.__doc__] == []
