# make demo     an environment, the main job on corpus/, and where to go from there
# make test     an environment, lint, types, import contracts and tests, properties on few examples
# make test-deep  the same with every property on all its examples, everything on both engines, and coverage: what a
#                 release runs
# make install  .venv with quotegrid in it
# make docs     what of docs/ is made by the program: fields.md, settings.md and the picture workbench.svg

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for one in python3.13 python3.12 python3.11 python3 python; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: install demo docs test test-deep lint types contracts tests tests-deep benchmark clean

install: $(VENV)/.installed

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "quotegrid needs Python 3.11 or newer; none was found." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The pin of torch is what keeps several gigabytes of CUDA away (see constraints.txt). Python compiles what is
# imported; to compile all that is installed takes longer than to install it.
INSTALL = $(PIP) install --no-compile --constraint constraints.txt --editable

$(VENV)/.installed: $(BIN)/python pyproject.toml constraints.txt
	$(INSTALL) .
	@touch $@

$(VENV)/.installed-dev: $(BIN)/python pyproject.toml constraints.txt
	$(INSTALL) '.[dev]'
	@touch $(VENV)/.installed $@

demo: $(VENV)/.installed
	$(BIN)/quotegrid import corpus
	$(BIN)/quotegrid suggest
	$(BIN)/quotegrid decide --from codebook/decisions.csv
	$(BIN)/quotegrid sources read ashcombe-head-academy.vtt calderby-focus-group.md calderby-head-secondary.md calderby-send-lead.docx eastmere-college.md eastmere-finance.txt eastmere-parent.md northmoor-director.md northmoor-forum-chair.md northmoor-parent.txt northmoor-therapist.vtt port-wenlow-director.docx
	$(BIN)/quotegrid suggest
	$(BIN)/quotegrid matrix --rows theme --columns group
	$(BIN)/quotegrid matrix --rows code --columns group --count cases -o exports/matrix.xlsx
	$(BIN)/quotegrid matrix --rows code --columns group -o exports/matrix.csv
	$(BIN)/quotegrid quotes --coded -o exports/quotes.md
	@echo
	@echo "The demonstration is ready: 18 invented interviews, their codes suggested, some of them confirmed."
	@echo "Exports: exports/matrix.xlsx (counts with the quotes behind them), exports/matrix.csv, exports/quotes.md"
	@echo "Open the workbench with:  $(BIN)/quotegrid"

test: lint types contracts tests

test-deep: lint types contracts tests-deep

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Its workers have three seconds to start, which a busy machine may not give them: one process takes longer.
types: $(VENV)/.installed-dev
	$(BIN)/mypy --num-workers 2 || $(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

# What is timed runs by itself, when nothing else keeps the processor busy.
PYTEST = $(BIN)/python -m pytest
BESIDE := -n 2 --dist worksteal -m "not timing"

# What tests write goes into memory where there is room: a study waits for the disk after every decision.
MEMORY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "/dev/shm" }')
ifneq ($(MEMORY),)
tests tests-deep: export TMPDIR = $(MEMORY)
endif

tests: $(VENV)/.installed-dev
	$(PYTEST) $(BESIDE)
	$(PYTEST) -m timing

# Properties with a fresh seed and more examples.
tests-deep: export QUOTEGRID_HYPOTHESIS = deep
tests-deep: $(VENV)/.installed-dev
	$(PYTEST) $(BESIDE) --cov --cov-report=
	$(PYTEST) -m timing --cov --cov-append --cov-report=term

docs: $(VENV)/.installed-dev
	$(BIN)/python -m quotegrid.workflows.api.fields_page docs/fields.md
	$(BIN)/python -c 'from quotegrid.workflows.study.describe_settings import settings_page; print(settings_page(), end="")' \
		> docs/settings.md
	$(BIN)/python -m tests.demonstration docs/workbench.svg

benchmark: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/suggestions.py
	$(BIN)/python benchmarks/discovery.py
	$(BIN)/python benchmarks/encoding.py
	$(BIN)/python benchmarks/live_learning.py
	$(BIN)/python benchmarks/question_context.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage quotegrid.db* quotegrid.codebook quotegrid.database
