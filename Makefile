# Each target makes what it needs and asks nothing; `make help` lists them.
SHELL := /bin/sh
BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
# The law: the code that decides who may do what, and applies it. Each of its branches is walked through.
POLICIES := */policy.py,*/policy/*,app/core/permits.py,app/contents/*,app/desk/*,app/journal/*,app/moderation/*,app/figures/*,app/votes/*
# Its tests: together they walk through all of them. A folder or a file that walks through no other branch than these is left out.
LAW := $(addprefix tests/,communities choices/test_law.py desk events/test_law.py exchange/plan_file figures forum journal moderation notes/test_law.py \
	notifications plan votes web/admin web/communities/test_issues.py web/figures web/forum web/journal web/plan/test_gaps.py web/site \
	$(addprefix web/moderation/,profiles $(patsubst %,test_%.py,appeals burst cases desk_reading \
	hidden_second_try move_requests reports second_try sittings two_of_a_team unpublishing)))
# The tests of what comes at an hour or is counted in days, and when they begin for `make soak`: right before the end of a
# year, on 29 February, and right before the clocks are moved, in spring and in autumn.
TIMED := $(addprefix tests/,accounts desk events exchange/plan_file figures forum journal journey notifications plan test_clocks.py web/accounts web/events \
	web/forum web/journal web/moderation web/notices web/plan)
MOMENTS := 2026-12-01T22:50:00-05:00 2026-12-31T23:59:50-05:00 2028-02-29T23:59:50-05:00 2027-03-14T01:59:50-05:00 2026-11-01T01:59:50-04:00
export PYTHON

.DEFAULT_GOAL := help
.PHONY: run test cover deploy-check lint format bench soak release help translations migration environment environment-test

run: environment $(CATALOGUES) ## run the site with demonstration content, and say where it is
	@REFLEXE_ENV="$${REFLEXE_ENV:-development}" DEMO="$${DEMO:-1}" $(BIN)/reflexe run

test: lint $(CATALOGUES) ## check everything: the linters, then the whole suite on both databases and in a browser
	@$(BIN)/python -m pytest -n auto --dist worksteal --whole --cov --cov-report=

cover: environment-test $(CATALOGUES) ## run the tests of the law once more: fail on a branch that none walks through
	@$(BIN)/python -m pytest -n auto --dist worksteal --engine sqlite --cov --cov-branch --cov-report= --cov-fail-under=0 $(LAW)
	@$(BIN)/coverage report --include='$(POLICIES)' --show-missing --skip-covered --fail-under=100 >.make/cover || { cat .make/cover; \
		echo 'LAW of the Makefile names the tests that walk through these lines: add those of the room'; exit 2; }

deploy-check: environment-test ## check each file of deploy/ with the program that reads it, as root on Debian
	@.ci/deploy-check

# A subject is read in lists of one line. The last one is looked at, where there is git.
lint: export SUBJECT = import sys; n = len(sys.stdin.readline().strip()); \
	sys.exit(n > 70 and f"The subject of the last commit has {n} characters, 70 at most: git commit --amend")
lint: environment-test ## check the style, the types, the order of rooms and the templates
	@$(BIN)/ruff format --quiet --check . || { $(BIN)/ruff format --diff . 2>&1 | head -40; echo 'make format'; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports >.make/lint-imports 2>&1 || { cat .make/lint-imports; exit 1; }
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/deptry --no-ansi .
	@[ ! -e .git ] || git log -1 --no-merges --format=%s 2>/dev/null | $(BIN)/python -c "$$SUBJECT"

format: environment-test ## write the code as the formatter does, and put its imports in order
	@$(BIN)/ruff check --quiet --select I --fix .
	@$(BIN)/ruff format --quiet .

bench: environment-test $(CATALOGUES) ## measure pages and writes, and print the figures
	@$(BIN)/python -m bench

soak: environment-test $(CATALOGUES) ## run the long checks: races, faults, large numbers, every test on PostgreSQL, other days
	@.ci/environment soak
	@$(BIN)/python -m pytest -m soak
	@$(BIN)/python -m pytest -n auto --dist worksteal --engine postgresql --ignore tests/browser
	@for moment in $(MOMENTS); do $(BIN)/python -m pytest -n auto --dist worksteal --engine sqlite --now $$moment $(TIMED) || exit; done
	@$(BIN)/python -m bench.faults upgrade --round stopped --round plain
	@$(BIN)/python -m tests.support.mutants

release: environment-test ## give what is under Unreleased in the changelog a version, in a commit with its tag
	@$(BIN)/python -m tests.support.release

translations: environment-test ## gather the texts of the interface into the French and English catalogues
	@$(BIN)/python -m tests.support.catalogues

migration: environment-test ## write a migration from the models: make migration m="what it changes"
	@test -n "$(m)" || { echo 'make migration m="what it changes"'; exit 2; }
	@REFLEXE_ENV=development $(BIN)/python -m tests.support.migration_cases "$(m)"
	@$(BIN)/ruff format --quiet migrations

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

environment:
	@.ci/environment run

environment-test:
	@.ci/environment test
	@mkdir -p .make

%.mo: %.po | environment
	@$(BIN)/pybabel --quiet compile -i $< -o $@
