# Two commands: `make run` opens the course, `make test` proves it. `make help` lists the rest.

VENV ?= .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml constraints.txt scripts/setup web/package.json web/package-lock.json web/build.mjs web/aide.mjs $(wildcard codephenix/data/reference/*.toml) \
	$(shell find web/src jupyter -type f)

.DEFAULT_GOAL := help

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.run ## install what the course needs

$(VENV)/.run: $(SOURCES)
	@scripts/setup $(VENV)
	@touch $@

$(VENV)/.test: $(SOURCES)
	@scripts/setup $(VENV) test
	@touch $@ $(VENV)/.run

run: $(VENV)/.run ## open the class: accounts, course, grading
	@$(BIN)/codephenix serve

demo: $(VENV)/.run ## grade a simulated class of 8
	@$(BIN)/codephenix demo

check: $(VENV)/.run ## check the content of the course
	@$(BIN)/codephenix check

format: $(VENV)/.test ## put code and notebooks in canonical form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/codephenix format

lint: $(VENV)/.test ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

test: $(VENV)/.test lint ## set up, then run every test
	@cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm test --silent
	@$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder
	@$(BIN)/pytest -q -n 3 --dist loadfile --nbval-lax --nbval-cell-timeout 60 course

bench: $(VENV)/.test ## measure grading against stock nbgrader, and the workbench
	@$(BIN)/python benchmarks/grading.py
	@$(BIN)/python benchmarks/workbench.py
	@$(BIN)/python benchmarks/aide.py

clean: ## remove what was built; learners' work stays
	rm -rf $(VENV) web/node_modules codephenix/assets .pytest_cache .ruff_cache .mypy_cache

.PHONY: help setup run demo check format lint test bench clean
