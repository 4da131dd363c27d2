"""Where Chromium is, and how tests start it."""

import os
import shutil

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The same engine without a window comes first: a fresh profile takes it a tenth of a second, and Chromium a whole."""

FOUND = os.environ.get("XSECTOR_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
