# Two commands: `make run` serves the web page, `make test` checks everything.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# One more than two cores: some tests wait for others.
WORKERS ?= 3
export RESIDENCY_HOME ?= $(CURDIR)/.residency
# uv installs in seconds what pip takes minutes for; it reads its own names of pip's settings.
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
# Each file is held against the hashes of constraints.txt, also what builds the project.
INSTALL := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --index-strategy unsafe-best-match --verify-hashes -c constraints.txt --build-constraints constraints.txt

.PHONY: setup run test tests soak check format index eval train audit hashes notice clean

setup: $(VENV)/.installed

$(VENV)/bin/uv: constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	sed -n '/^uv==/,/[^\\]$$/p' constraints.txt > $(VENV)/uv.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r $(VENV)/uv.txt
	touch $@

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/uv
	$(INSTALL) --editable .
	touch $@

$(VENV)/.tested: pyproject.toml constraints.txt $(VENV)/.installed
	$(INSTALL) --editable ".[test]"
	touch $@

run: setup
	$(BIN)/residency serve

index: setup
	$(BIN)/residency index

# The checks run beside the tests; which worker runs which of these: tests/scheduling.py.
test: $(VENV)/.tested
	$(MAKE) --jobs=2 check tests

tests: $(VENV)/.tested
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --no-loadscope-reorder

# For long what `make test` does a few times; how long: tests/sizes.py.
soak: $(VENV)/.tested
	SOAK=1 $(BIN)/python -m pytest -m soak

check: $(VENV)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/vulture

# The whole evaluation against the committed baseline; a regression fails.
eval: $(VENV)/.tested
	$(BIN)/residency eval check

# The shipped encoder and the weights of retrieval and abstention anew; half an hour on two cores.
train: $(VENV)/.tested
	$(BIN)/python -m evals.training index/encoding/model
	$(BIN)/python -m evals.training.question_vectors
	$(BIN)/python -m evals.fitting.retrieval
	$(BIN)/python -m evals.fitting.abstention

# Known vulnerabilities of what is installed; asks pypi.org.
audit: $(VENV)/bin/uv
	$(BIN)/python tools/audit.py

# After a version in constraints.txt was changed or added.
hashes: $(VENV)/bin/uv
	$(BIN)/python tools/pin_hashes.py

# After a package came or went.
notice: $(VENV)/.tested
	$(BIN)/python tools/licences.py

format: $(VENV)/.tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) .residency build dist *.egg-info
