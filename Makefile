# Flowloom: `make` alone lists the targets.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
VERSION     := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS     := -X main.version=$(VERSION)
FUZZTIME    ?= 30s
# Packages that run without cgo, so that the remote tap and cross builds stay possible.
PURE        := ./engine/packet/... ./engine/flow/... ./engine/dpi/... ./engine/host/... ./engine/codec/... ./engine/field/...
# Packages whose goroutines share memory.
RACE        := ./engine ./engine/capture/... ./cmd/...
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
test: setup ## run every test
	./internal/setup/gotest.sh ./...
	./internal/setup/gotest.sh -race $(RACE)
	CGO_ENABLED=0 go vet $(PURE)
	$(MAKE) fuzz

.PHONY: fuzz
fuzz: ## run each fuzz target for FUZZTIME
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
