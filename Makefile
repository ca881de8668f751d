# `make` lists what there is. Python 3.11 or newer, pip and make are all that the first two need.
.DEFAULT_GOAL := help
.PHONY: help run test setup check lint format types reference messages catalogues demo manage bench lock clean

launch := @launch/python -m launch
python := .venv/bin/python

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: ## Start the site with a demonstration company; PORT=8000 and HOST=127.0.0.1 choose the address
	$(launch) run

test: ## Run the tests, on PostgreSQL and in a browser too where they are found; ARGS="tests/forum -k accept"
	$(launch) test $(ARGS)

setup: ## Install what developing needs into .venv: tests, browser driver, linters
	$(launch) setup

check: lint types ## Everything a change must pass besides the tests
	$(launch) python manage.py makemigrations --check --dry-run
	$(launch) python manage.py check

lint: setup ## Look for mistakes and for other than the agreed form
	$(python) -m ruff check .
	$(python) -m ruff format --check .

format: setup ## Bring all Python into the agreed form
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

types: setup ## Check the types
	$(launch) python -m mypy

reference: setup ## Write docs/settings.md from config/settings.py
	$(python) -m config.reference

messages: setup ## Collect the texts to translate into locale/ (needs gettext)
	$(launch) python manage.py makemessages --locale de --locale de_DU --ignore .venv --ignore var --add-location file

catalogues: setup ## Compile locale/*.po into what Django reads
	$(python) -m launch.catalogues

demo: ## Fill the local database with the demonstration company
	$(launch) python manage.py demo

manage: ## Run a Django command on the local site; ARGS="createsuperuser"
	$(launch) python manage.py $(ARGS)

bench: setup ## Measure against the budgets and print the ratios
	$(launch) python -m bench

lock: ## Write requirements/*.lock to fit pyproject.toml (needs uv); ARGS=--upgrade for newer versions
	@requirements/lock $(ARGS)

clean: ## Remove what was made here, except the data in var/
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis var/static var/prepared.json
	find . -name __pycache__ -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
