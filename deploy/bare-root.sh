#!/bin/bash
# The honest check of the install steps: a bare Debian 12 that holds only git, make and ca-certificates, a clean clone of
# what is committed here, and one command in it.
#
#   sudo deploy/bare-root.sh [command…]      the command is `make test` unless another is given
#
# Needs root and debootstrap. BARE_ROOT says where the root is made (default /var/tmp/citizen-bare; made anew when absent,
# delete it for a fresh one), MIRROR which Debian mirror is used. Certificates and resolver of this machine are lent to it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
root=${BARE_ROOT:-/var/tmp/citizen-bare}
mirror=${MIRROR:-http://deb.debian.org/debian}
mounts=(proc sys dev dev/pts dev/shm)

fail() {
    echo "bare-root: $*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "Only root may make a root. Run: sudo deploy/bare-root.sh"
command -v debootstrap >/dev/null || fail "debootstrap is missing. Run: apt-get install debootstrap"

mount_all() {
    mount -t proc proc "$root/proc"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount --bind /dev "$root/dev"
    mount --bind /dev/pts "$root/dev/pts"
    mount -t tmpfs tmpfs "$root/dev/shm"
}

unmount_all() {
    local i
    for ((i = ${#mounts[@]} - 1; i >= 0; i--)); do
        if mountpoint -q "$root/${mounts[i]}"; then umount "$root/${mounts[i]}"; fi
    done
}

if [ ! -e "$root/bare-is-ready" ]; then
    debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$root" "$mirror" ||
        fail "The bare system could not be made. Check the network and that $root is not on a noexec or nodev disk."
    find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} "$root/usr/local/share/ca-certificates/" \;
    chroot "$root" update-ca-certificates >/dev/null
    touch "$root/bare-is-ready"
fi
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
trap unmount_all EXIT
unmount_all
mount_all
rm -rf "$root/root/hall" "$root/root/hall.git"
git clone --quiet --bare . "$root/root/hall.git"
chroot "$root" git clone --quiet /root/hall.git /root/hall

# A proxy and a private certificate authority are part of the way to the network; nothing else of this machine is lent.
lent=(HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
lent+=(PIP_CERT=/etc/ssl/certs/ca-certificates.crt REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt)
for name in http_proxy https_proxy no_proxy; do
    if [ -n "${!name:-}" ]; then lent+=("$name=${!name}"); fi
done
[ $# -gt 0 ] || set -- make test
chroot "$root" env -i "${lent[@]}" /bin/bash -c 'cd /root/hall && "$@"' bare "$@" </dev/null
