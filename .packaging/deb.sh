#!/usr/bin/env bash
# Packs what `make install` installs into a Debian package: .build/dflab_VERSION_ARCHITECTURE.deb
#   .packaging/deb.sh VERSION DATE
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=$1 date=$2
for tool in dpkg-deb dpkg-shlibdeps objdump gzip; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool not found. Install the packages dpkg-dev and binutils, and rerun make deb." >&2
    exit 1
  fi
done

tree=.build/deb architecture=$(dpkg --print-architecture)
rm -rf "$tree"
make --no-print-directory install DESTDIR="$tree" PREFIX=/usr
documents=$tree/usr/share/doc/dflab
mkdir -p "$documents" "$tree/DEBIAN" .build/shlibdeps/debian
cp README.md SECURITY.md "$documents"
gzip -9nc CHANGELOG.md > "$documents/changelog.gz"
cp .packaging/copyright "$documents/copyright"
python3 .packaging/sbom.py "$tree/usr/bin/dflab" "$version" "$date" > "$documents/dflab.spdx.json"
gzip -9n "$tree"/usr/share/man/man1/*.1

# dpkg-shlibdeps wants a source package around it.
touch .build/shlibdeps/debian/control
libraries=$(cd .build/shlibdeps && dpkg-shlibdeps -O "../../$tree/usr/bin/dflab" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
cat > "$tree/DEBIAN/control" <<END
Package: dflab
Version: $version
Architecture: $architecture
Maintainer: the dflab authors <dflab@localhost>
Installed-Size: $(du -sk "$tree/usr" | cut -f1)
Depends: $libraries, libdlib-data
Recommends: ffmpeg
Section: science
Priority: optional
Description: lab for studying face-swap deepfakes and their detection
 Trains swap models, converts pictures and videos, builds labeled datasets of
 forgeries, trains detectors on them, and pits generators against detectors.
 Runs on ordinary machines without a GPU.
END
package=.build/dflab_${version}_$architecture.deb
dpkg-deb --build --root-owner-group "$tree" "$package" >/dev/null
echo "Packed $package. Install it with: apt-get install ./$package"
