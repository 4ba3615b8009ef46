# dflab: `make demo` on a fresh machine, or `make demo A=folder B=folder`.
#
# setup      install what is missing (Debian, Ubuntu), build the release binary
# build      build the release binary
# test       set up if need be, then run all tests
# demo       set up if need be, then train on two synthetic people, or on two folders A and B
# bench      measure training and inference on this machine
# check      what must hold before a commit: format, safe rooms, build, tests
# format     put the sources into the house format
# install    copy the binary and shell completions below PREFIX
# uninstall  remove them again
# clean      remove what was built

PREFIX ?= /usr/local
# With A and B; two synthetic people are learned in less, so that all ends within 12 minutes.
MINUTES ?= $(if $(A)$(B),10,8)
SWIFT ?= swift

# pkg-config is how SwiftPM finds Cairo and OpenBLAS.
packages := libopenblas-dev libpng-dev libjpeg-dev libdnnl-dev \
  libavformat-dev libavcodec-dev libswscale-dev libavutil-dev libdlib-dev libdlib-data \
  libfftw3-dev libsvm-dev liblinear-dev libsqlite3-dev \
  libcairo2-dev fonts-dejavu-core pkg-config make
safe_rooms := $(wildcard $(addprefix Sources/,Faces Generation Detection Lab Web dflab))
binary := .build/release/dflab
bin := $(DESTDIR)$(PREFIX)/bin
share := $(DESTDIR)$(PREFIX)/share
completions := $(share)/bash-completion/completions/dflab $(share)/zsh/site-functions/_dflab \
  $(share)/fish/vendor_completions.d/dflab.fish

.PHONY: setup build test demo bench check lint format install uninstall clean needs python

# Swift's own libraries go into the binary, so that it runs where no toolchain is.
build: needs
	$(SWIFT) build -c release --static-swift-stdlib --product dflab

setup: build
	@echo "dflab is built: $(binary). 'make install' puts it on the path."

# Quick when nothing is missing: no list of packages is fetched, nothing is asked.
needs:
	@if ! command -v $(SWIFT) >/dev/null; then \
	  echo "Swift is missing. Install Swift 6.2 or later from https://www.swift.org/install/linux," >&2; \
	  echo "make sure that 'swift --version' works in this shell, and call make again." >&2; \
	  exit 1; \
	fi
	@if ! command -v dpkg-query >/dev/null; then \
	  echo "This is neither Debian nor Ubuntu: nothing is installed. dflab needs the counterparts of" >&2; \
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
	    echo "That needs root, and there is no sudo. As root, call: apt-get install$$missing" >&2; \
	    exit 1; \
	  fi; \
	  as_root="sudo"; \
	fi; \
	$$as_root apt-get update -qq \
	  && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing

# Some tests let Python read what the lab writes. Where its packages cannot be had, these say that they
# are skipped, and all others pass.
test check: packages += python3-venv
python: needs
	@cmp -s Tests/requirements.txt .build/python/ready && exit 0; \
	echo "Fetching the Python packages of Tests/requirements.txt for tests, once."; \
	rm -rf .build/python; \
	if python3 -m venv .build/python && .build/python/bin/python -m pip install --quiet \
	  --disable-pip-version-check --retries 1 --timeout 15 -r Tests/requirements.txt; then \
	  cp Tests/requirements.txt .build/python/ready; \
	else \
	  rm -rf .build/python; \
	  echo "They cannot be had: tests that need them are skipped." >&2; \
	fi

test: needs python
	$(SWIFT) test

demo:
	@if [ -n "$(A)$(B)" ] && { [ -z "$(A)" ] || [ -z "$(B)" ]; }; then \
	  echo "Name two folders with pictures of one face each: make demo A=faces/a B=faces/b [MINUTES=10]" >&2; \
	  echo "Without any, two synthetic people are rendered first: make demo" >&2; \
	  exit 2; \
	fi
	@$(MAKE) --no-print-directory build
ifeq ($(A)$(B),)
	$(binary) faces synthesize --recipe demo
	$(binary) swap --a Datasets/demo/p001 --b Datasets/demo/p002 --name demo-training --minutes $(MINUTES) --jitter 2
	@echo
	@echo "Look at Labs/demo-training/preview.png: faces of two people who do not exist, none of them trained on;"
	@echo "below each its reconstruction, its swap, and the true swap that it should have become."
	@echo "Labs/demo-training/curves.png shows how they were learned, Datasets/demo/sheet.png who they are."
else
	$(binary) swap --a "$(A)" --b "$(B)" --minutes $(MINUTES)
endif

bench: build
	$(binary) bench swap
	$(binary) bench swap --mode infer

lint:
	$(SWIFT) format lint --strict --configuration .swift-format --recursive Package.swift Sources Tests
	@if grep -rnw unsafe $(safe_rooms) --exclude-dir=Dlib --exclude-dir=Libraries; then \
	  echo "The rooms above never touch memory by hand: move that part to Engine or Media." >&2; exit 1; \
	fi

check: needs lint python
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

format:
	$(SWIFT) format --in-place --configuration .swift-format --recursive Package.swift Sources Tests

$(binary):
	$(MAKE) build

# Does not build what is built, so that `sudo make install` leaves nothing of root's in .build.
install: | $(binary)
	install -D -m 755 $(binary) "$(bin)/dflab"
	@for file in $(foreach file,$(completions),"$(file)"); do mkdir -p "$$(dirname "$$file")"; done
	$(binary) --generate-completion-script bash > "$(word 1,$(completions))"
	$(binary) --generate-completion-script zsh > "$(word 2,$(completions))"
	$(binary) --generate-completion-script fish > "$(word 3,$(completions))"

uninstall:
	rm -f "$(bin)/dflab" $(foreach file,$(completions),"$(file)")

clean:
	rm -rf .build
