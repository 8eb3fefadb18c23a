# Flowloom: `make` alone lists the targets.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
VERSION     := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS     := -X main.version=$(VERSION)
# How long each fuzz target runs; .ci/run takes longer.
FUZZTIME    ?= 10s
# Packages that run without cgo, so that the remote tap and cross builds stay possible.
PURE        := ./engine/field/... ./engine/telemetry/... ./engine/packet/... ./engine/capture ./engine/capture/filter \
               ./engine/alert ./engine/enrich ./engine/dpi/... ./engine/flow/... ./engine/host/... ./engine/codec/... ./engine/check \
               ./lua/... ./js
# Packages whose goroutines share memory.
RACE        := ./engine ./engine/capture/... ./engine/enrich ./js ./cmd/...
GOTEST      := go run ./internal/setup/gotest
DEMO        := build/office.pcap

.PHONY: help
help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## install what the build needs and the machine lacks
	@./internal/setup/apt.sh libpcap-dev gcc libc6-dev

.PHONY: build
build: setup ## build bin/flowloom
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/flowloom ./cmd/flowloom

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
test: setup ## run every test, races and a short fuzz run included; a skipped test fails
	$(GOTEST) ./...
	$(GOTEST) -race $(RACE)
	$(MAKE) test-pure
	$(MAKE) fuzz

.PHONY: test-pure
test-pure: ## run the tests of the packages that must do without cgo
	CGO_ENABLED=0 $(GOTEST) $(PURE)

.PHONY: fuzz
fuzz: setup ## run each fuzz target for FUZZTIME (make fuzz FUZZTIME=5m)
	./internal/setup/fuzz.sh $(FUZZTIME)

.PHONY: bench
bench: ## run the Go benchmarks
	go test -run '^$$' -bench . -benchmem ./engine/...

.PHONY: lint
lint: setup ## check formatting, vet and the linters
	./internal/setup/lint.sh

.PHONY: generate
generate: ## write the generated files anew
	go generate ./...

.PHONY: clean
clean: ## remove what was built
	rm -rf bin build
