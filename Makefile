# Flowloom: `make` alone lists the targets.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
VERSION     := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS     := -X main.version=$(VERSION)
# No names of C libraries for others to bind to: they would be read at each start.
EXTLDFLAGS  := -Wl,--exclude-libs,ALL
# How long each fuzz target runs, and those that read captures and packets; .ci/run takes longer.
FUZZTIME    ?= 10s
WIRETIME    ?= $(FUZZTIME)
# Packages that run without cgo, so that the remote tap and cross builds stay possible.
PURE        := ./engine/field/... ./engine/telemetry/... ./engine/packet/... ./engine/capture ./engine/capture/filter ./engine/capture/afpacket ./engine/capture/replay \
               ./engine/alert ./engine/enrich ./engine/dpi/... ./engine/flow/... ./engine/host/... ./engine/codec/... ./engine/check ./engine/access ./engine/notify \
               ./lua/... ./js
# Packages whose goroutines share memory. What is in neither list is tested as it is.
RACE        := ./bindings/surface ./engine ./engine/access ./engine/capture/... ./engine/check/... ./engine/enrich ./engine/notify ./engine/rest/... ./engine/store/... ./js ./cmd/...
GOTEST      := go run ./internal/setup/gotest
DEMO        := build/office.pcap

.PHONY: help
help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## install what the build needs and the machine lacks
	@./internal/setup/apt.sh libpcap-dev gcc g++ libc6-dev

.PHONY: setup-test
setup-test: setup setup-python ## install what the tests need besides
	@./internal/setup/apt.sh iproute2 prometheus systemd

.PHONY: setup-python
setup-python: ## make build/venv, with what tests and linters need of Python
	@./internal/setup/apt.sh python3 python3-venv
	@./internal/setup/python.sh

.PHONY: build
build: setup ## build bin/flowloom
	go build -trimpath -ldflags "$(LDFLAGS) -extldflags '$(EXTLDFLAGS)'" -o bin/flowloom ./cmd/flowloom

# Its own symbols only, so that another libpcap or Go library in the process is no matter.
NATIVE      := python/src/flowloom/libflowloom.so
NATIVEFLAGS := $(EXTLDFLAGS) -Wl,-Bsymbolic

.PHONY: native
native: setup ## build libflowloom, the engine in the Python package
	go build -trimpath -buildmode=c-shared -ldflags "-s -w $(LDFLAGS) -extldflags '$(NATIVEFLAGS)'" -o $(NATIVE) ./bindings/capi
	@rm -f $(NATIVE:.so=.h)

.PHONY: wheel
wheel: native setup-python $(DEMO) ## build python/dist/*.whl with the engine in it, and try it in an environment of its own
	./internal/setup/wheel.sh $(DEMO)

.PHONY: gopy
gopy: setup setup-python $(DEMO) ## make a Python module of bindings/py with gopy in build/gopy, and read a capture with it
	./internal/setup/gopy.sh $(DEMO)

$(DEMO): build
	@mkdir -p build
	go run ./internal/tracegen/maketrace -scenario office -o $(DEMO)

.PHONY: demo
demo: $(DEMO) ## analyse a small office's two minutes of traffic
	bin/flowloom read $(DEMO)
	@echo
	bin/flowloom read --what hosts --limit 8 --quiet $(DEMO)
	@echo
	bin/flowloom read --what protocols --limit 12 --quiet $(DEMO)

.PHONY: test
test: setup-test ## run every test, races and a short fuzz run included; a skipped test fails
	$(GOTEST) $$(go list ./... | grep -vxFf <(go list $(RACE) $(PURE)))
	$(GOTEST) -race $(RACE)
	$(MAKE) test-pure
	$(MAKE) test-python
	$(MAKE) test-notebooks
	$(MAKE) wheel
	$(MAKE) fuzz

.PHONY: test-pure
test-pure: ## run the tests of the packages that must do without cgo
	CGO_ENABLED=0 $(GOTEST) $(PURE)

.PHONY: test-python
test-python: setup-python native $(DEMO) ## run the tests of the Python package, its examples and its coverage
	go build -o build/liveserver ./internal/livetest/liveserver
	cd python && ../build/venv/bin/pytest --cov --cov-report=term

.PHONY: notebooks
notebooks: setup-python build native ## build what the notebooks need

.PHONY: test-notebooks
test-notebooks: notebooks ## run the notebooks
	cd notebooks && ../build/venv/bin/pytest

.PHONY: strip-notebooks
strip-notebooks: setup-python ## remove outputs from the notebooks, as they are kept without
	build/venv/bin/nbstripout --keep-id --extra-keys '$(addprefix metadata.language_info.,codemirror_mode file_extension mimetype nbconvert_exporter pygments_lexer version)' notebooks/*.ipynb

.PHONY: fuzz
fuzz: setup-test ## run each fuzz target for FUZZTIME (make fuzz FUZZTIME=5m)
	./internal/setup/fuzz.sh $(FUZZTIME) $(WIRETIME)

.PHONY: bench
bench: ## run the Go benchmarks
	go test -run '^$$' -bench . -benchmem ./engine/...

.PHONY: lint
lint: setup setup-python ## check formatting, vet and the linters, of Go and of Python
	./internal/setup/lint.sh

.PHONY: generate
generate: ## write the generated files anew
	go generate ./...

.PHONY: clean
clean: ## remove what was built
	rm -rf bin build
