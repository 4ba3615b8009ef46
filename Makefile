# dflab: `make demo` on a fresh machine, or `make demo A=folder B=folder`.
#
# setup      install missing packages (Debian, Ubuntu), build the release binary
# build      build the release binary
# test       set up if necessary, then run all tests
# demo       set up if necessary, then train on two synthetic people, or on two folders A and B
# mpi        install Open MPI, build the program with it in .build/mpi, and test it on several ranks
# bench      measure training and inference on this machine
# claims     run the commands behind the documents' numbers again, and compare
# check      run what must pass before a commit: format, safe rooms, build, tests
# format     format the sources
# install    copy the binary, shell completions and manual pages below PREFIX
# uninstall  remove them
# deb        pack them into a Debian package, with a bill of materials
# clean      remove build products

PREFIX ?= /usr/local
# Training time. The synthetic people get less, so that the whole demo takes under 12 minutes.
MINUTES ?= $(if $(A)$(B),10,8)
SWIFT ?= swift

# SwiftPM finds Cairo and OpenBLAS through pkg-config.
packages := libopenblas-dev libpng-dev libjpeg-dev libheif-dev liblcms2-dev libdnnl-dev \
  libavformat-dev libavcodec-dev libswscale-dev libavutil-dev libdlib-dev libdlib-data \
  libfftw3-dev libsvm-dev liblinear-dev libsqlite3-dev \
  libcairo2-dev fonts-dejavu-core pkg-config make
safe_rooms := $(wildcard $(addprefix Sources/,Credentials ONNX Faces Synthesis Generation Detection Records Workflows Web dflab))
binary := .build/release/dflab
bin := $(DESTDIR)$(PREFIX)/bin
share := $(DESTDIR)$(PREFIX)/share
manuals := $(share)/man/man1
version = $(shell $(binary) --version)
# That of the last commit, so that the same sources give the same pages and package.
date = $(shell git log -1 --format=%cs 2>/dev/null || date +%F)
completions := $(share)/bash-completion/completions/dflab $(share)/zsh/site-functions/_dflab \
  $(share)/fish/vendor_completions.d/dflab.fish

.PHONY: setup build test demo mpi bench claims check lint format install uninstall deb clean needs python browser

# Links Swift's libraries statically, so that the binary runs without a toolchain.
build: needs
	$(SWIFT) build -c release --static-swift-stdlib --product dflab

setup: build
	@echo "Built $(binary). Run 'make install' to put it on the path."

# Fast when nothing is missing: no package lists are fetched, no questions asked.
needs:
	@if ! command -v $(SWIFT) >/dev/null; then \
	  echo "Swift not found. Install Swift 6.2 or later from https://www.swift.org/install/linux," >&2; \
	  echo "check that 'swift --version' works in this shell, and rerun make." >&2; \
	  exit 1; \
	fi
	@if ! command -v dpkg-query >/dev/null; then \
	  echo "Neither Debian nor Ubuntu: no packages were installed. dflab needs the equivalents of" >&2; \
	  echo "$(packages)." >&2; \
	  exit 0; \
	fi; \
	missing=; \
	for package in $(packages); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	test -z "$$missing" && exit 0; \
	echo "Installing:$$missing"; \
	as_root=; \
	if [ "$$(id -u)" -ne 0 ]; then \
	  if ! command -v sudo >/dev/null; then \
	    echo "Installing packages requires root, and sudo is missing. Run as root: apt-get install$$missing" >&2; \
	    exit 1; \
	  fi; \
	  as_root="sudo"; \
	fi; \
	$$as_root apt-get update -qq \
	  && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing

# Some tests read dflab's files with Python. Without its packages these tests are skipped.
test check: packages += python3-venv
python: needs
	@cmp -s Tests/requirements.txt .build/python/ready && exit 0; \
	echo "Installing the Python packages of Tests/requirements.txt for tests (once)."; \
	rm -rf .build/python; \
	if python3 -m venv .build/python && .build/python/bin/python -m pip install --quiet \
	  --disable-pip-version-check --retries 1 --timeout 15 -r Tests/requirements.txt; then \
	  cp Tests/requirements.txt .build/python/ready; \
	else \
	  rm -rf .build/python; \
	  echo "Installation failed: tests that need these packages are skipped." >&2; \
	fi

# A test walks through the lab in a browser. Without Chromium it is skipped.
browser: needs
	@command -v chromium >/dev/null && exit 0; \
	as_root=; [ "$$(id -u)" -eq 0 ] || as_root=sudo; \
	apt-cache show chromium 2>/dev/null | grep -q '^Description' \
	  && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium \
	  || echo "Chromium cannot be installed: the test that needs a browser is skipped." >&2

test: needs python browser
	$(SWIFT) test

# Verdicts on the first three pictures of a folder.
score = find $(1) -maxdepth 1 -type f \( -iname '*.png' -o -iname '*.jpg' -o -iname '*.jpeg' \) -print0 \
  | sort -z | head -z -n 3 | xargs -0 $(binary) detect --quiet || true

demo:
	@if [ -n "$(A)$(B)" ] && { [ -z "$(A)" ] || [ -z "$(B)" ]; }; then \
	  echo "Give two folders with pictures of one face each: make demo A=faces/a B=faces/b [MINUTES=10]" >&2; \
	  echo "Without folders, the demo renders two synthetic people: make demo" >&2; \
	  exit 2; \
	fi
	@$(MAKE) --no-print-directory build
ifeq ($(A)$(B),)
	$(binary) faces synthesize --recipe demo
	$(binary) swap --a Datasets/demo/p001 --b Datasets/demo/p002 --name demo-training --minutes $(MINUTES) --color-jitter 2
	@echo
	@echo "Open Labs/demo-training/preview.png: held-out faces of two synthetic people, and below each its"
	@echo "reconstruction, its swap, and the ground truth."
	@echo "Labs/demo-training/curves.png shows the training curves, Datasets/demo/sheet.png the two people."
else
	$(binary) swap --a "$(A)" --b "$(B)" --minutes $(MINUTES)
endif
	@echo
	@echo "Verdicts on three swaps of the newest run:"
	@$(call score,"$$(ls -td Labs/*/swaps | head -n 1)/a2b")
	@echo
	@echo "Verdicts on the faces that they were made of:"
	@$(call score,"$(or $(A),Datasets/demo/p001)")

# The ordinary program knows no MPI and needs none. Ranks are processes of this machine in the tests.
mpi: packages += libopenmpi-dev openmpi-bin python3
mpi: needs
	$(SWIFT) build -c release --static-swift-stdlib --traits MPI --scratch-path .build/mpi --product dflab
	rm -rf .build/mpi/ranks
	python3 Tests/Ranks/ranks.py .build/mpi/release/dflab .build/mpi/ranks
	@echo "Built .build/mpi/release/dflab, for mpirun and srun: see Labs/cluster/README.md."

bench: build
	$(binary) bench swap
	$(binary) bench swap --mode infer

# The numbers of the documents, measured again; with DFLAB_REAL_DATA also those about real people.
claims: build
	python3 Tests/Claims/claims.py $(binary)

lint:
	$(SWIFT) format lint --strict --configuration .swift-format --recursive Package.swift Sources Tests
	@if grep -rnw unsafe $(safe_rooms) --exclude-dir=Dlib --exclude-dir=Libraries --exclude-dir=Format \
	  | grep -v "'unsafe-inline'"; then \
	  echo "These rooms must not use unsafe code: move it to Engine or Media." >&2; exit 1; \
	fi

check: needs lint python browser
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

format:
	$(SWIFT) format --in-place --configuration .swift-format --recursive Package.swift Sources Tests

$(binary):
	$(MAKE) build

# Builds only if the binary is missing, so that `sudo make install` leaves no root-owned files in .build.
install: | $(binary)
	install -D -s -m 755 $(binary) "$(bin)/dflab"
	@for file in $(foreach file,$(completions),"$(file)"); do mkdir -p "$$(dirname "$$file")"; done
	$(binary) --generate-completion-script bash > "$(word 1,$(completions))"
	$(binary) --generate-completion-script zsh > "$(word 2,$(completions))"
	$(binary) --generate-completion-script fish > "$(word 3,$(completions))"
	@if command -v python3 >/dev/null; then \
	  $(binary) --experimental-dump-help | python3 .packaging/man.py $(version) $(date) "$(manuals)"; \
	else \
	  echo "Python 3 not found: no manual pages were installed." >&2; \
	fi

uninstall:
	rm -f "$(bin)/dflab" $(foreach file,$(completions),"$(file)")
	rm -f "$(manuals)"/dflab.1* "$(manuals)"/dflab-*.1*

deb: build
	@.packaging/deb.sh $(version) $(date)

clean:
	rm -rf .build
