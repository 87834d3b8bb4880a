# shellcheck shell=bash disable=SC2154 # The launcher defines `tree`.
# ./meridian test: all tests, a line for each class while they run, then every failure with its message, then the
# counts. Part of the launcher, which defines `tree`, `say`, `maven` and the rest.

run_tests() {
    kinds=(unit real)
    checks_format=true
    maven_arguments=(-fae -Dmaven.test.failure.ignore=true)
    maven_arguments+=(-Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false)
    while (($# > 0)); do
        case $1 in
            --fast) kinds=(unit) && checks_format=false && maven_arguments+=(-Dquick) ;;
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
    rm -rf "$tree"/*/target/{,quick/}{surefire,failsafe}-reports
    : > "$tests_log"

    # Beside the tests: the first module has nobody else to share the second core with.
    local format='' kind
    if [[ $checks_format == true ]]; then
        check_format > "$tree/target/format.txt" &
        format=$!
    fi
    for kind in "${kinds[@]}"; do
        "run_${kind}_tests" || break
    done
    if [[ -n $format ]] && ! wait "$format"; then
        broken=$((broken + 1))
        cat "$tree/target/format.txt"
    fi
    report
}

# Two modules at a time on two cores: these tests measure no time and share nothing. Where real ones follow, each module
# is packaged at once: a module compiled against its neighbours' folders is compiled anew against their jars.
run_unit_tests() {
    local goal=test
    [[ ${kinds[*]} == unit ]] || goal=package
    say "running the unit, property and architecture tests"
    run_maven_tests -T 1C "$goal" "${maven_arguments[@]}"
}

# One module at a time: what counts milliseconds or answers to a deadline must not wait for a neighbour's tests.
run_real_tests() {
    . "$tree/.ci/tools.sh"
    offer_tools
    # What system tests start. Built first, so that a ./meridian within a test finds nothing to build.
    (build_if_stale && build_bench_if_stale) || { broken=$((broken + 1)) && return 1; }
    say "running the tests with real sockets and processes"
    run_maven_tests verify "${maven_arguments[@]}" -Dtest=none
}

# One class (or Class#method), in whichever module it is, by the runner that its name says.
only() {
    case $1 in
        *IT | *IT#*) kinds=(real) && maven_arguments+=(-Dtest=none "-Dit.test=$1") ;;
        *) kinds=(unit) && maven_arguments+=("-Dtest=$1" -Dit.test=none) ;;
    esac
}

tests_usage() {
    cat << 'END'
Usage: ./meridian test [--fast] [--only CLASS[#METHOD]] [--update-golden] [MAVEN ARGUMENT...]

Check the format, compile with Error Prone and NullAway, and run every test: unit, property, architecture,
integration (real sockets), system (real processes).

  --fast                  only the first three kinds, compiled without Error Prone and NullAway, whatever their format
  --only CLASS[#METHOD]   only these
  --update-golden         write the golden files anew; then read the diff

Example: ./meridian test --fast
Example: ./meridian test --only LauncherIT
Example: ./meridian test --fast -pl model
END
}

# Says what is wrong, and fails.
check_format() {
    local log=$tree/target/format.log
    maven com.diffplug.spotless:spotless-maven-plugin:check > "$log" 2>&1 && return
    if grep -q 'format violations' "$log"; then
        printf 'FAILED  the format of these files; ./meridian format mends it\n'
        sed -n 's/^\[ERROR\]  *\(src\/.*\.java\)$/    \1/p' "$log"
    else
        printf 'FAILED  to check the format\n'
        compiler_errors < "$log"
    fi
    return 1
}

# Failing tests are in the reports; Maven itself fails only when something else is wrong.
run_maven_tests() {
    maven "$@" 2>&1 | tee -a "$tests_log" | test_progress && return
    broken=$((broken + 1))
    printf 'FAILED  the build\n'
    compiler_errors < "$tests_log"
    return 1
}

# From Maven's output, a line per module that begins, and one per test class that ends; modules overlap. (Not awk:
# Debian's waits for 4 kB.)
test_progress() {
    local line verdict note
    local class='Tests run: ([0-9]+), .*Skipped: ([0-9]+), Time elapsed: ([0-9.,]+) s.* -- in (.*)'
    while IFS= read -r line; do
        if [[ $line =~ ^\[INFO\]\ Building\ Meridian:\ (.*)\ [0-9.]+\  ]]; then
            echo "building ${BASH_REMATCH[1]}"
        elif [[ $line =~ $class ]]; then
            [[ $line == *'<<<'* ]] && verdict='FAILED' || verdict='ok    '
            ((BASH_REMATCH[2] > 0)) && note=", ${BASH_REMATCH[2]} skipped" || note=
            echo "$verdict  ${BASH_REMATCH[4]} (${BASH_REMATCH[1]}$note; ${BASH_REMATCH[3]} s)"
        fi
    done
}

# Every failure with its message, why tests were skipped, what never ended, and the counts as the last line.
report() {
    local reports=() file
    for file in "$tree"/*/target/{,quick/}{surefire,failsafe}-reports/TEST-*.xml; do
        [[ -f $file ]] && reports+=("$file")
    done
    awk -v broken="$broken" -f "$tree/.ci/report.awk" "$tests_log" ${reports[@]+"${reports[@]}"}
}
