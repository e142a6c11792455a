#!/usr/bin/env bash
# Makes a folder that a container engine builds an nginx image from, out of Debian packages: no image registry is asked.
# Usage: nginx-image.sh FOLDER
set -euo pipefail
target=$1
[ ! -e "$target/Dockerfile" ] || exit 0
for tool in apt-get dpkg tar; do command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 1; }; done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$target" "$work/packages" "$work/root"

cd "$work/packages"
packages=(nginx nginx-common libc6 libcrypt1 libpcre2-8-0 libssl3 zlib1g libgcc-s1)
apt-get download -qq "${packages[@]}" >&2 || { apt-get update -qq >&2; apt-get download -qq "${packages[@]}" >&2; }
for package in *.deb; do dpkg -x "$package" "$work/root"; done

cd "$work/root"
rm -rf usr/share/doc usr/share/man usr/share/lintian var/www
mkdir -p var/log/nginx var/lib/nginx run tmp etc/nginx
printf 'root:x:0:0:root:/:/bin/false\nwww-data:x:33:33:www-data:/:/bin/false\n' >etc/passwd
printf 'root:x:0:\nwww-data:x:33:\n' >etc/group
ln -sf /dev/stderr var/log/nginx/error.log
tar -cf "$target/root.tar" .
printf 'FROM scratch\nADD root.tar /\nENTRYPOINT ["/usr/sbin/nginx", "-g", "daemon off;"]\n' >"$target/Dockerfile"
