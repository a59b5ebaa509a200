# Everything here can be run again and again: what is there already is not made anew.
#   make sandbox   a Slack of your own with the bot in it, in your browser. No account needed
#   make test      every test. ARGS="-k stop" or ARGS="-n 2" goes to pytest
#   make verify-live ARGS="--member U…"   asks the real Slack; SLACK_BOT_TOKEN must be set
#   make check     lint, types, then every test
#   make soak      a long bad night: thousands of kills and faults. FAULTS=2000 SEED=1 choose it
#   make bench     how fast it is, beside what it could be; ten minutes. SIZE=full is the one in docs/performance.md
#   make docs      the pages of docs/ for a browser; a link that leads nowhere fails
#   make reference write docs/reference/ anew from the code
#   make load      a large community for ten minutes, on PostgreSQL with two replicas
#   make lock      write the locked lists of packages anew from pyproject.toml

.PHONY: install install-dev sandbox test check lint soak bench load lock verify-live

# What find-python is: the first Python of these that is new enough.
define find-python
for each in python3 python3.14 python3.13 python3.12 python3.11; do \
  if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$each"; break; fi; \
done; \
if [ -z "$$python" ]; then echo "Onward needs Python 3.11 or newer, and there is none here: install it first." >&2; exit 1; fi
endef

RUN := .venv/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check install --quiet --require-hashes
COMPILE := .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
  --custom-compile-command "make lock" pyproject.toml

install: .venv/installed
install-dev: .venv/installed-dev

sandbox: install
	@$(RUN) -m bot sandbox $(ARGS)

verify-live: install
	@$(RUN) -m bot verify-live $(ARGS)

test: install-dev
	@$(RUN) -m pytest $(ARGS)

lint: install-dev
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy

check: lint
	@$(MAKE) --no-print-directory test

soak: install-dev
	@PACE=1 $(RUN) -m pytest tests/crash/test_kill.py
	@FAULTS=$(or $(FAULTS),1000) $(RUN) -m pytest -s tests/crash/test_storm.py $(ARGS)

bench: install-dev
	@$(RUN) -m benchmarks --size $(or $(SIZE),quick) $(ARGS)

docs: install-dev
	@$(RUN) -m sphinx --fail-on-warning --keep-going --nitpicky --quiet --builder html docs artifacts/docs
	@echo "The docs: artifacts/docs/index.html"

reference: install-dev
	@$(RUN) docs/generate.py

load: install-dev
	@$(RUN) -m benchmarks.load $(ARGS)

lock: install-dev
	$(COMPILE) $(ARGS) --output-file requirements.txt
	$(COMPILE) $(ARGS) --group dev --constraints requirements.txt --output-file requirements-dev.txt

.venv/bin/python:
	@$(find-python); \
	if ! "$$python" -m venv --clear .venv; then rm -rf .venv; \
	  echo "Python could not make .venv: on Debian and Ubuntu, apt-get install python3-venv, then try again." >&2; exit 1; \
	fi

.venv/installed: .venv/bin/python requirements.txt
	@echo "Installing what Onward needs (once, about a minute) ..."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@echo "Installing what its tests need (once, about a minute) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@
