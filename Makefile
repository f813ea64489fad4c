# make help: this list
PYTHON ?= $(shell command -v python3 || command -v python3.11 || echo python3)
LAUNCH = $(PYTHON) -m deploy

.PHONY: help run test test-long quick lint format bench licences pictures demo-day manage reset
.DEFAULT_GOAL := help

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: ## start the demo county; what dies is started again, Ctrl-C stops all (PORT=8001, HOST=, DEMO=0)
	@exec $(LAUNCH) run

test: ## lint, types, contracts and all tests (ARGS="tests/cases -k x": only those tests)
	@exec $(LAUNCH) test

test-long: ## the same with random walks of their whole length (ARGS as for test)
	@exec $(LAUNCH) test-long

quick: ## ruff and the tests of the apps you have changed (ARGS="-k x": passed on to pytest)
	@exec $(LAUNCH) quick

lint: ## ruff, mypy, import contracts
	@exec $(LAUNCH) lint

format: ## put the code into the one format
	@.local/venv/bin/ruff format . && .local/venv/bin/ruff check --fix .

bench: ## measure; prints ratios (ARGS=test_sweep.py: only that bench)
	@exec $(LAUNCH) bench

licences: ## write docs/许可证.md and .local/sbom.cdx.json (CycloneDX) from what is installed
	@exec $(LAUNCH) licences

pictures: ## take the pictures of docs/images from the running demo (ARGS=roll.png: only that one)
	@exec $(LAUNCH) pictures

demo-day: ## move the running demo one school day on
	@exec $(LAUNCH) manage demo_day

manage: ## a management command on the running county: make manage ARGS=shell
	@exec $(LAUNCH) manage $(ARGS)

reset: ## remove data, keys and logs of this machine, after asking
	@exec $(LAUNCH) reset

export ARGS
