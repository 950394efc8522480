# `make run` builds and starts everything; `make test` is what CI runs.

SHELL := /bin/bash
CARGO ?= cargo
# All native crates are built in one selection, so that cargo resolves one set of features for them all.
NATIVE := -p server -p services -p store -p agents -p knowledge -p model -p recall -p codegen -p kernels -p language -p editor -p vm -p blocks -p differential -p fuzz
SITE := frontend/site/index.html
SITE_SOURCES := $(shell find app/src app/crates/blocks/src app/crates/vm/src app/crates/codegen/src app/crates/language/src \
	app/crates/model/src frontend/src frontend/worker/src frontend/bundle/src style public -type f) Cargo.toml Cargo.lock
TARGET = $(or $(CARGO_TARGET_DIR),target)
FOUND ?= $(TARGET)/disagreements

.PHONY: run dev test e2e fuzz fuzz-inputs bench bench-cold lint schemas site toolchain release unit tools

run: toolchain site ## Build and start everything, and print the address
	$(CARGO) run --locked --profile local -p server -- --open

dev: toolchain site ## The same with a development build
	$(CARGO) run --locked -p server

release: toolchain site ## One binary with everything in it
	$(CARGO) build --locked --release -p server

test: toolchain lint unit e2e ## What CI runs

unit: toolchain tools schemas
	RUST_MIN_STACK=16777216 $(CARGO) test --locked $(NATIVE)

schemas: toolchain end2end/node_modules ## The deployment kinds' outputs against the schemas of Kubernetes and Compose
	CARGO="$(CARGO)" end2end/deployment/check.sh "$(abspath $(TARGET))"

e2e: toolchain site end2end/node_modules ## Journeys in a real browser
	$(CARGO) build --locked -p server
	cd end2end && AGENT_LIGHTNING_BIN="$(abspath $(TARGET))/debug/agent-lightning" npx playwright test

fuzz: toolchain tools ## Tries random programs on every target until stopped; what disagrees is written, shrunk, to FOUND
	$(CARGO) run --locked --profile local -p differential --example fuzz -- $$(date +%s)000 0 $(FOUND)

# Each target of app/crates/fuzz for so many seconds. What is found beyond the kept inputs stays below the target folder.
SECONDS_EACH ?= 60
INPUTS = document formula checker code machine edits merge
INPUTS_AT = $(abspath $(TARGET))/fuzz-inputs

fuzz-inputs: toolchain ## Searches for inputs that break a reader, the checker, the machine or the generators
	@$(CARGO) fuzz --version > /dev/null 2>&1 || $(CARGO) install cargo-fuzz@0.13.2
	set -e; for name in $(INPUTS); do mkdir -p "$(INPUTS_AT)/found/$$name"; \
	  $(CARGO) fuzz run --fuzz-dir app/crates/fuzz/libfuzzer --target-dir "$(INPUTS_AT)" --sanitizer none $$name \
	    "$(INPUTS_AT)/found/$$name" app/crates/fuzz/corpus/$$name -- -max_total_time=$(SECONDS_EACH) -timeout=10 \
	    -rss_limit_mb=1024 -max_len=8192 -dict=app/crates/fuzz/words.dict -artifact_prefix="$(INPUTS_AT)/$$name-"; done

bench: toolchain site ## Measurements, as a table; `make bench-cold` first measures cold builds
	$(CARGO) build --locked --profile local -p server
	$(CARGO) build --locked --release -p kernels --example kernels
	$(CARGO) build --locked --release -p blocks --example check_time
	$(CARGO) build --locked --profile wasm --target wasm32-unknown-unknown -p kernels --lib
	node end2end/bench.mjs "$(abspath $(TARGET))/local"

# Both parts of a cold `make run`, in a target folder of their own. Their seconds are kept for `make bench`.
bench-cold: toolchain end2end/node_modules ## Times the builds from nothing (about a quarter of an hour on 2 cores)
	rm -rf "$(TARGET)/cold" && mkdir -p "$(TARGET)/local"
	set -e; began=$$(date +%s); CARGO_TARGET_DIR="$(abspath $(TARGET))/cold" $(CARGO) run --locked -p bundle; \
	app=$$(date +%s); CARGO_TARGET_DIR="$(abspath $(TARGET))/cold" $(CARGO) build --locked --profile local -p server; \
	server=$$(date +%s); \
	echo "{\"app\": $$((app - began)), \"server\": $$((server - app)), \"on\": \"$$(date +%F)\", \"cores\": $$(nproc)}" \
	  > "$(TARGET)/local/cold-build.json"
	rm -rf "$(TARGET)/cold"

lint: toolchain
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --all-targets $(NATIVE) -- -D warnings
	$(CARGO) clippy --locked -p frontend -p worker --target wasm32-unknown-unknown -- -D warnings
	$(CARGO) clippy --locked -p bundle -- -D warnings

site: $(SITE) ## The app for the browser

$(SITE): $(SITE_SOURCES) | toolchain end2end/node_modules
	$(CARGO) run --locked -p bundle

end2end/node_modules: end2end/package-lock.json
	@if command -v npm > /dev/null; then cd end2end && npm ci --no-audit --no-fund; \
	else echo "no npm: the site is built without wasm-opt, and journeys cannot run"; fi

# What generated code is checked with: tsc and prettier from npm, ruff from PyPI in a folder of its own.
PYTHON_TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/agent-lightning/python

tools: end2end/node_modules $(PYTHON_TOOLS)/bin/ruff ## The formatters and compilers that tests run generated code through

$(PYTHON_TOOLS)/bin/ruff:
	@python3 -m venv $(PYTHON_TOOLS) && $(PYTHON_TOOLS)/bin/python -m pip install --quiet ruff==0.17.6 \
	|| echo "no ruff: the layout of generated Python is not checked"

toolchain:
	@if command -v rustup > /dev/null; then rustup toolchain install > /dev/null 2>&1 || rustup show active-toolchain; fi
