# Two commands: `make run` and `make test`. Both begin with `make install`, which alone prepares .venv.
PYTHON ?= python3
BIN := .venv/bin
# As many as there are cores, two at least and eight at most: each has a database of its own.
JOBS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n > 8 ? 8 : n < 2 ? 2 : n)))
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --dist worksteal

# Both clock changes, winter and summer, the end of the financial year, and a leap day; and what reckons with days.
CLOCKS := 2027-01-15T12:00:00Z 2027-07-15T12:00:00Z 2027-03-28T00:59:59Z 2026-10-25T00:59:59Z 2027-03-31T12:00:00Z 2028-02-29T12:00:00Z
DATED := tests/shared tests/measures tests/meetings tests/qiplans tests/office tests/portal/test_daily.py tests/portal/test_reminders.py tests/portal/test_endings.py tests/clusters/test_handovers.py tests/escalations/test_services.py tests/reporting/test_home.py

.PHONY: help install run test test-sqlite test-pg test-clocks check format benchmark lock

help:
	@echo "make run    a working portal with demo data on http://127.0.0.1:8000"
	@echo "make test   the suite, on SQLite and PostgreSQL"
	@echo "make test-clocks  what reckons with days, at six moments of the year"
	@echo "make check  format, lint, types, imports, migrations, templates, production settings"
	@echo "make format, make benchmark, make lock"

install: .venv/installed

.venv/installed: requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

run: install
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py createcachetable
	@$(BIN)/python manage.py demo --if-empty
	@$(BIN)/python manage.py runserver --noreload 127.0.0.1:8000

test: test-sqlite test-pg

test-sqlite: install
	$(PYTEST) --db=sqlite

test-pg: install
	$(PYTEST) --db=pg

test-clocks: install
	@for clock in $(CLOCKS); do echo "The clock begins at $$clock"; $(PYTEST) --db=sqlite --clock=$$clock -m "not browser" $(DATED) || exit 1; done

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djhtml --check --tabwidth 2 templates
	$(BIN)/python tools/check_live.py

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	-$(BIN)/djhtml --tabwidth 2 templates

benchmark: install
	$(BIN)/python -m tests.benchmark

lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-dev.lock
