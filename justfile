# One word each. `just` is optional: every line is a plain command.

# a development environment in .venv
setup:
    python3 -m venv .venv
    .venv/bin/python -m pip install --require-hashes -r requirements.txt
    .venv/bin/python -m pip install --no-deps -e .

test:
    pytest

slow:
    pytest -m slow

lint:
    ruff check .
    ruff format --check .
    mypy

docs:
    python docs/build.py
    python docs/check.py

floors:
    python benchmarks/floors.py

# the models again, from the corpora (hours on two cores); see training/README.md
train:
    python training/language.py
    python training/relation.py

ci:
    bash .ci/run
