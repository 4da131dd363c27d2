"""Where Chromium is, and how tests start it."""

import os
import shutil

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FOUND = os.environ.get("XSECTOR_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
