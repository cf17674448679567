#!/bin/bash
# Brings a Debian 12 machine from a clone to a hall that runs: Debian packages, Python packages, translations.
#
#   deploy/setup.sh [--run]   what the hall needs
#   deploy/setup.sh --dev     what its checks need as well
#
# Run it as often as you like: it does only what is missing, and without the network when nothing is.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
exec 9<deploy/setup.sh && flock 9 # two makes at once take turns

say() { echo "setup: $*"; }
fail() {
    echo "setup: $*" >&2
    exit 1
}

# Run a noisy command in silence; show the end of what it said only when it fails.
quietly() {
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 </dev/null 9<&- || status=$? # what it may start must not keep our turn
    [ "$status" = 0 ] || tail -n 15 "$log" >&2
    rm -f "$log"
    return "$status"
}

case "${1:---run}" in
--run) lists=(deploy/packages-run.txt) lock=requirements.lock ;;
--dev) lists=(deploy/packages-run.txt deploy/packages-test.txt) lock=requirements-dev.lock ;;
*) fail "There is no option “$1”. Use deploy/setup.sh --run or deploy/setup.sh --dev." ;;
esac

debian_packages() {
    local wanted installed missing apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
    command -v dpkg-query >/dev/null || fail "This is not Debian. Use Debian 12, the system the hall is made for."
    wanted=$(sed 's/#.*//' "${lists[@]}" | tr -s '[:space:]' '\n' | sed '/^$/d' | sort -u)
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u)
    missing=$(comm -23 <(echo "$wanted") <(echo "$installed"))
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            fail "Debian packages are missing and only root may add them. Run this as root:" apt-get install $missing
        sudo true || fail "Debian packages are missing and sudo refused. Run deploy/setup.sh once as somebody who may use sudo."
        apt=(sudo "${apt[@]}")
    fi
    say "installing Debian packages:" $missing
    quietly "${apt[@]}" update || say "the list of Debian packages could not be refreshed; trying with the one at hand"
    quietly "${apt[@]}" install --no-install-recommends $missing ||
        fail "Debian packages could not be installed. Check the network and /etc/apt/sources.list, then run this again."
}


# What .venv was made from. It changes with the locks, this script, Python, and the place of the clone.
made_from() { cat requirements.lock "$1" deploy/setup.sh <(pwd) <(/usr/bin/python3 --version) | sha256sum; }

python_packages() {
    local each
    for each in "$lock" requirements-dev.lock; do # the checks' packages hold all of the hall's
        [ "$(made_from "$each")" != "$(cat ".venv/$each.stamp" 2>/dev/null)" ] || return 0
    done
    /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "This machine's Python is too old. Use Debian 12 or later."
    say "installing Python packages into .venv (a minute or two the first time)"
    rm -f .venv/*.stamp
    .venv/bin/pip --version >/dev/null 2>&1 || quietly /usr/bin/python3 -m venv --clear .venv ||
        fail "A Python environment could not be made in $PWD/.venv. Check that you may write there and that the disk is not full."
    # --no-deps: the lock is whole, and pip 23 would look for the newest "coverage[toml]" beside the pinned coverage
    quietly .venv/bin/pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps --only-binary :all: -r "$lock" ||
        fail "Python packages could not be installed. Check the network and the room on the disk, then run this again."
    # the clone itself is the package: what is edited is what runs
    pwd >"$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/citizen-space.pth"
    made_from "$lock" >".venv/$lock.stamp"
}

stale_translations() {
    local po
    for po in assets/translations/*/LC_MESSAGES/citizen.po; do
        if [ -e "$po" ] && [ ! "${po%.po}.mo" -nt "$po" ]; then echo "$po"; fi
    done
}

translations() {
    [ -n "$(stale_translations)" ] || return 0
    quietly .venv/bin/pybabel compile -d assets/translations -D citizen ||
        fail "A translation could not be compiled. Correct the line named above, then run this again."
    [ -z "$(stale_translations)" ] ||
        fail "A translation was passed over because its head says “fuzzy”. Take that word out of:" $(stale_translations)
}

# A kiosk may not write beside its programs: what is not compiled here would be compiled at every start.
bytecode() {
    quietly /usr/bin/python3 -m compileall -q civic kiosk sync central ||
        fail "A program could not be compiled: is the clone whole? Run “git status” here."
}

debian_packages
python_packages
translations
bytecode
