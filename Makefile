# The one entry to everything. `make` alone lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
# A .NET that is not in a system folder is found by programs only through this variable.
export DOTNET_ROOT ?= $(patsubst %/,%,$(dir $(realpath $(shell command -v dotnet))))

# One compiler for all projects: each of its own would take a few seconds to warm up. It ends with the target that began it.
BUILD := --configuration Release --nologo --verbosity quiet -p:UseSharedCompilation=true
END_COMPILER := dotnet build-server shutdown --vbcscompiler >/dev/null

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: native
native:
	@eng/librdkafka

.PHONY: setup
setup: native ## Get what the build and the tests need: librdkafka, foreign Kafka clients (nothing when it is there)
	@eng/debian-packages kcat netcat-openbsd python3-kafka python3-avro

.PHONY: build
build: native ## Build the command bin/flowstream
	@dotnet publish cli/FlowStream.Cli $(BUILD) --output bin && $(END_COMPILER)
	@echo "built bin/flowstream"

# Whatever is compiled, is compiled by one compiler; the command is then put together from it.
.PHONY: all
all: native ## Build everything, also what only the tests and the benchmarks need
	@dotnet build FlowStream.sln $(BUILD)
	@$(MAKE) build

.PHONY: run
run: build ## Build, then run everything here with simulated firewalls and a live summary
	@exec bin/flowstream up --demo

.PHONY: test
test: setup all ## Build and run all tests; the last line is the sum
	@eng/test

# make soak SOAK=100 runs for longer.
SOAK ?= 20

.PHONY: soak
soak: setup all ## Run the random tests SOAK times over, each with new seeds, also the ones that kill processes (20)
	@FLOWSTREAM_ROUNDS=$(SOAK) FLOWSTREAM_CRASH_SESSIONS=200000 FLOWSTREAM_TEST_TIMEOUT=24h \
		eng/test Parsing Sessions Bandwidth Schemas Producers Streams Topology Broker EndToEnd

.PHONY: oracle
oracle: native ## Compare the join with a slow second version of its rules over a million simulated messages
	@dotnet build tests/FlowStream.Sessions.Tests $(BUILD) && $(END_COMPILER)
	@FLOWSTREAM_ORACLE_EVENTS=1000000 dotnet test tests/FlowStream.Sessions.Tests $(BUILD) --no-build --filter FullyQualifiedName~OracleTests

.PHONY: fuzz
fuzz: native ## Feed every decoder changed inputs, parser formats 10 minutes each; FUZZ="--seconds N --targets 'parser-*' --jobs N"
	@dotnet build tests/FlowStream.Fuzz.Tests $(BUILD) && $(END_COMPILER)
	@nice dotnet tests/FlowStream.Fuzz.Tests/bin/Release/net10.0/FlowStream.Fuzz.Tests.dll $(FUZZ)

.PHONY: bench
bench: native ## Measure every part of a message's way; BENCH="--records N" or "--filter ..." (see bench/README.md)
	@eng/debian-packages rsyslog || echo "the parser is measured without rsyslog beside it" >&2
	@eng/debian-packages python3-matplotlib || echo "no chart is drawn" >&2
	@dotnet build bench/FlowStream.Benchmarks $(BUILD) && $(END_COMPILER)
	@dotnet bench/FlowStream.Benchmarks/bin/Release/net10.0/FlowStream.Benchmarks.dll $(BENCH)

.PHONY: clean
clean: ## Remove what the build and the tests made (.deps stays: delete it to fetch librdkafka anew)
	@rm -rf bin TestResults BenchmarkDotNet.Artifacts
	@find broker bench cli producers schemas tests topology -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
	@echo "cleaned"
