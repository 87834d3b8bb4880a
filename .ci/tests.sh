# shellcheck shell=bash disable=SC2154 # The launcher defines `tree`.
# ./meridian test: all tests, a line for each class while they run, then every failure with its message, then the
# counts. Part of the launcher, which defines `tree`, `say`, `maven` and the rest.

run_tests() {
    fast=no
    maven_arguments=(-fae -Dmaven.test.failure.ignore=true)
    maven_arguments+=(-Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false)
    while (($# > 0)); do
        case $1 in
            --fast) fast=yes ;;
            --only)
                (($# > 1)) || fail "--only wants the name of a test class, such as --only GuardTest"
                shift && only "$1"
                ;;
            --update-golden) maven_arguments+=(-Dmeridian.golden=update) ;;
            -h | --help) tests_usage && return ;;
            *) maven_arguments+=("$1") ;;
        esac
        shift
    done
    tests_log=$tree/target/test.log
    broken=0
    mkdir -p "$tree/target"
    rm -rf "$tree"/*/target/surefire-reports "$tree"/*/target/failsafe-reports

    check_format
    if [[ $fast == yes ]]; then
        run_maven_tests test
    else
        . "$tree/.ci/tools.sh"
        offer_tools
        # What system tests start. Built first, so that a ./meridian within a test finds nothing to build.
        (build_if_stale) && run_maven_tests verify || broken=$((broken + 1))
    fi
    report
}

# One class (or Class#method), in whichever module it is, by the runner that its name says.
only() {
    case $1 in
        *IT | *IT#*) maven_arguments+=(-Dtest=none "-Dit.test=$1") ;;
        *) maven_arguments+=("-Dtest=$1" -Dit.test=none) ;;
    esac
}

tests_usage() {
    cat << 'END'
Usage: ./meridian test [--fast] [--only CLASS[#METHOD]] [--update-golden] [MAVEN ARGUMENT...]

Run every test: unit, property, architecture, integration (real sockets), system (real processes).

  --fast                  only the first three kinds; under a minute
  --only CLASS[#METHOD]   only these
  --update-golden         write the golden files anew; then read the diff

Example: ./meridian test --fast
Example: ./meridian test --only LauncherIT
Example: ./meridian test --fast -pl model
END
}

check_format() {
    local log=$tree/target/format.log
    say "checking the format"
    maven com.diffplug.spotless:spotless-maven-plugin:check > "$log" 2>&1 && return
    broken=$((broken + 1))
    if grep -q 'format violations' "$log"; then
        printf 'FAILED  the format of these files; ./meridian format mends it\n'
        sed -n 's/^\[ERROR\]  *\(src\/.*\.java\)$/    \1/p' "$log"
    else
        printf 'FAILED  to check the format\n'
        compiler_errors < "$log"
    fi
}

# Failing tests are in the reports; Maven itself fails only when something else is wrong.
run_maven_tests() {
    say "running the tests"
    if ! maven "$1" "${maven_arguments[@]}" 2>&1 | tee "$tests_log" | test_progress; then
        broken=$((broken + 1))
        printf 'FAILED  the build\n'
        compiler_errors < "$tests_log"
    fi
    return 0
}

# From Maven's output, a line per test class. (Not awk: Debian's waits for 4 kB.)
test_progress() {
    local line verdict note
    local class='Tests run: ([0-9]+), .*Skipped: ([0-9]+), Time elapsed: ([0-9.,]+) s.* -- in (.*)'
    while IFS= read -r line; do
        if [[ $line =~ ^\[INFO\]\ Building\ Meridian:\ (.*)\ [0-9.]+\  ]]; then
            echo "${BASH_REMATCH[1]}"
        elif [[ $line =~ $class ]]; then
            [[ $line == *'<<<'* ]] && verdict='FAILED' || verdict='ok    '
            ((BASH_REMATCH[2] > 0)) && note=", ${BASH_REMATCH[2]} skipped" || note=
            echo "  $verdict  ${BASH_REMATCH[4]} (${BASH_REMATCH[1]}$note; ${BASH_REMATCH[3]} s)"
        fi
    done
}

# Every failure with its message, why tests were skipped, what never ended, and the counts as the last line.
report() {
    local reports=() file
    for file in "$tree"/*/target/surefire-reports/TEST-*.xml "$tree"/*/target/failsafe-reports/TEST-*.xml; do
        [[ -f $file ]] && reports+=("$file")
    done
    [[ -f $tests_log ]] || : > "$tests_log"
    awk -v broken="$broken" -f "$tree/.ci/report.awk" "$tests_log" ${reports[@]+"${reports[@]}"}
}
