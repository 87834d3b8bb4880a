# shellcheck shell=bash disable=SC2154 # The launcher defines `tree`.
# What system tests need from the system: a command (or a module of Python), and Debian's package that has it.
# Tests without their tool are skipped (see Needs and Tool in system-tests).
readonly TOOLS='
dig         bind9-dnsutils
delv        bind9-dnsutils
kdig        knot-dnsutils
unbound     unbound
named       bind9
nsd         nsd
knotd       knot
mmdblookup  mmdb-bin
dnsperf     dnsperf
dnsviz      dnsviz
zonemaster-cli zonemaster-cli
haproxy     haproxy
gcc         gcc libc6-dev
py:dns      python3-dnspython
ip          iproute2
lib:faketime/libfaketimeMT.so.1 libfaketime
'

# Installs what is missing where we may; else says what is.
offer_tools() {
    local packages
    packages=$(missing_packages)
    [[ -n $packages ]] || return 0
    if [[ $(id -u) == 0 && -f /etc/debian_version ]] && type -P apt-get > /dev/null; then
        say "installing for the system tests: $packages"
        # shellcheck disable=SC2086 # A list of words.
        install_packages $packages > "$tree/target/apt.log" 2>&1 || say "apt-get failed; see target/apt.log"
        packages=$(missing_packages)
    fi
    [[ -z $packages ]] || say "not installed, so that some system tests are skipped: $packages"
}

missing_packages() {
    local tool package
    while read -r tool package; do
        [[ -z $tool ]] || has_tool "$tool" || echo "$package"
    done <<< "$TOOLS" | sort -u | paste -s -d ' ' -
}

has_tool() {
    case $1 in
        lib:*) compgen -G "/usr/lib/*/${1#lib:}" > /dev/null ;;
        py:*) python3 -c "import ${1#py:}" 2> /dev/null || /usr/bin/python3 -c "import ${1#py:}" 2> /dev/null ;;
        *) PATH=$PATH:/usr/sbin:/sbin type -P "$1" > /dev/null ;;
    esac
}

# In a subshell of its own: the trap ends with it. No daemon of a package may start by being installed.
install_packages() (
    policy=/usr/sbin/policy-rc.d
    if [[ ! -e $policy ]]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' > "$policy"
        chmod 755 "$policy"
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt_install "$@" || { apt-get -q update && apt_install "$@"; }
)

apt_install() {
    apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=120 install "$@" < /dev/null
}
