# make demo         the main job on a fresh machine: install, build, sample county, check its plans
# make service      the service on a fresh machine: from a directory, then on PostGIS; uploads, verdicts
# make build        bin/landcheck
# make test         everything, set-up included
# make lint         gofmt, go vet, staticcheck (make fmt writes what gofmt says)
# make race         the packages of geo and rules in which goroutines run, under the race detector
# make vulnerable   known vulnerabilities (govulncheck); offline a list of newer versions, which fails nothing
# make fuzz         one fuzz target: PKG=./rules/evaluation NAME=FuzzParseBook (TIME=60s)
# make test-faults  ends, cuts off and starves the program at random moments (FAULTS=20 of each)
# make soak         the service under 64 mixed clients (MINUTES=10), promises watched; SOAK=-database: on PostGIS
# make dist         folders for Windows and Linux, amd64 and arm64, that need nothing installed
# make test-dist    those folders built twice, looked into and run: bare glibc, QEMU, Wine; what is missing is named
# make bench        landcheck and its peers on one county, one table (SCALE=1000000: ten times the county)
# make microbench   Go benchmarks

GO ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

SCALE ?= 100000
FAULTS ?= 20
MINUTES ?= 10
SOAK ?=
SHORT ?=
PKG ?= ./rules/evaluation
NAME ?= FuzzParseBook
TIME ?= 60s

.PHONY: dist test-dist demo service soak race vulnerable test test-faults fuzz build bench microbench lint fmt

demo: build
	scripts/demo.sh bin/landcheck .demo

service: build
	scripts/install.sh service
	scripts/service.sh bin/landcheck .service

build:
	scripts/install.sh build
	scripts/page.sh
	$(GO) build -trimpath -ldflags "-X main.version=$(VERSION)" -o bin/landcheck ./cmd/landcheck

# All files bear the time of the commit: the same sources give the same bytes.
dist:
	scripts/install.sh dist
	scripts/page.sh
	$(GO) run -trimpath ./scripts/dist -version $(VERSION) -at $$(git log -1 --format=%ct 2>/dev/null || echo 0)

# SHORT=-short: one platform is built twice, three plans are checked, not fourteen.
test-dist:
	scripts/install.sh test-dist
	scripts/page.sh
	LANDCHECK_DIST_TESTS=1 scripts/test.sh -trimpath -count 1 -timeout 60m -v $(SHORT) ./scripts/dist

test:
	scripts/install.sh test
	scripts/page.sh
	LANDCHECK_PAGE_TESTS=1 scripts/test.sh -timeout 20m ./...

# Race detection costs ten times the time: with -short, and only where goroutines
# or locks are. The others have nothing that it could find.
race:
	scripts/install.sh test
	scripts/test.sh -race -short -timeout 20m $$(scripts/concurrent.sh)

vulnerable:
	scripts/vulnerabilities.sh

test-faults:
	scripts/install.sh test
	scripts/page.sh
	LANDCHECK_FAULTS=$(FAULTS) scripts/test.sh -count 1 -timeout 20m -v ./cmd/landcheck/faults

# Without the last flag each new input is made smaller for up to a minute before
# the next one is tried: rulebooks were at 9 runs in 23 s, and are at 2 000 a second.
fuzz:
	$(GO) test $(PKG) -run '^$$' -fuzz '^$(NAME)$$' -fuzztime $(TIME) -fuzzminimizetime 1x

soak: build
	scripts/install.sh service
	$(GO) build -o .soak/soak ./scripts/soak
	.soak/soak -landcheck bin/landcheck -dir .soak/run -minutes $(MINUTES) $(SOAK)

bench: build
	scripts/install.sh bench
	scripts/bench/venv.sh .bench/venv
	$(GO) build -o .bench/bench ./scripts/bench
	.bench/bench -dir .bench -parcels $(SCALE) -landcheck bin/landcheck -python .bench/venv/bin/python

microbench:
	scripts/install.sh lint
	$(GO) test -run '^$$' -bench . -benchtime 1s ./...

lint:
	scripts/install.sh lint
	@unformatted=$$(gofmt -l api cmd geo rules scripts); [ -z "$$unformatted" ] || { echo "not gofmt-ed:"; echo "$$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

fmt:
	gofmt -w api cmd geo rules scripts
