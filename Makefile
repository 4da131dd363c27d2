# Short names for the usual commands; each also works as it stands here.
python ?= python3

.PHONY: start demo test check format sbom

start: ## set up if needed and start the app
	$(python) -m xsector start

demo: ## the same, with a partnership to walk through
	$(python) -m xsector start --demo

test: ## set up if needed and run all tests
	$(python) -m xsector test

check: ## style and types
	.venv/bin/python -m ruff check . && .venv/bin/python -m ruff format --check . && .venv/bin/python -m mypy

format: ## put the code into its usual form
	.venv/bin/python -m ruff check --fix . && .venv/bin/python -m ruff format .

sbom: ## list the packages that the app runs on, as CycloneDX JSON
	@.venv/bin/python -m xsector sbom
