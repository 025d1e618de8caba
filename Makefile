# Every target installs what it needs first, and says nothing where there is nothing to do.
# The longer steps are scripts in tools/, each with a line on its purpose; tools/wasm32.sh tells where the compiler comes from.

# Built from source into the user's cache; wasm-bindgen's version is that of Cargo.lock.
export WASM_PACK := 0.15.1
export CARGO_MUTANTS := 27.1.0

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup build demo test fuzz compare soak reproducible mutants docs sizes bench clean

help: ## List these targets
	@sed -n 's/^\([a-z]*\): .*## /  make \1	/p' Makefile | expand -t 20

setup: ## Install what the build needs and this machine lacks (about 5 minutes the first time)
	@tools/setup.sh

build: pkg/cinplan.cdx.json ## Build the package in pkg/

demo: pkg/package.json www/vendor/govuk/govuk-frontend.min.css ## Build what the demo needs and serve it; PORT= chooses the port
	@node tools/serve.mjs

test: build www/vendor/govuk/govuk-frontend.min.css ## Check everything, in a browser too; CHROME= chooses the browser
	@tools/test.sh

fuzz: ## Think up inputs that break something; FUZZ_SECONDS= a target (60), FUZZ_TARGETS= chooses
	@tools/fuzz.sh

compare: build ## Hold the three builds against each other on 10,000 records that look random (some minutes)
	@RECORDS=10000 node --test --test-reporter=spec tests/node/builds.test.mjs

soak: build ## Fill in 100,000 answers on one page and check after each, and see whether memory stays flat (about half an hour)
	@EACH=1 PAGE_EDITS=100000 node --test --test-reporter=spec tests/node/life.test.mjs tests/browser/life.test.mjs

reproducible: build ## Build the package again in another folder, and see whether it is the same (about 2 minutes)
	@tools/reproducible.sh

mutants: ## Change the Rust code place by place and see whether a test notices (hours); SAMPLE=500 takes some by chance
	@tools/mutants.sh

docs: ## Write the generated pages of docs/ and tests/neighbours/ anew
	@cargo run --quiet --locked --example docs
	@node tools/dependencies.mjs

sizes: build ## Write docs/sizes.md anew
	@node tools/sizes.mjs

bench: build ## Measure how fast it is beside others, and write docs/performance.md anew (some minutes)
	@node bench/run.mjs

clean: ## Remove what was built and installed here; what is kept in the user's cache stays
	rm -rf node_modules pkg target www/vendor

# Folders stand among the prerequisites too, so that a removed file is noticed. The bar keeps setup, which always runs,
# from making anything look out of date.
target/wasm/cinplan_bg.wasm: Cargo.toml Cargo.lock Makefile tools/build-wasm.sh $(shell find src procedures) | setup
	@tools/build-wasm.sh

pkg/package.json: target/wasm/cinplan_bg.wasm tsconfig.json tools/declarations.json \
		$(addprefix tools/,assemble.mjs notices.mjs crates.mjs) $(wildcard LICENSE-*) $(shell find js requirements)
	@node tools/assemble.mjs

target/plain/module.js: target/wasm/cinplan_bg.wasm $(addprefix tools/plain/,module.sh imports.mjs)
	@tools/plain/module.sh

pkg/plain.js: target/plain/module.js pkg/package.json $(addprefix tools/plain/,bundle.mjs core.js plain.js)
	@node tools/plain/bundle.mjs

# Last, because it holds the hash of every other file.
pkg/cinplan.cdx.json: pkg/plain.js tools/materials.mjs
	@node tools/materials.mjs

www/vendor/govuk/govuk-frontend.min.css: package-lock.json tools/vendor.mjs | setup
	@node tools/vendor.mjs
