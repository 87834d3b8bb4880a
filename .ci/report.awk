# Reads Maven's output (the first file) and the JUnit reports (all others), and prints each failure with its message,
# the reasons of skipped tests, and as the last line `N passed, N failed, N skipped`. Fails if anything did, or if
# nothing ran. Handed in: broken, how many steps besides the tests failed (their messages are printed already).

# Maven's output: a class that began and did not end took its process with it.
FNR == NR && /\] Running [A-Za-z_]/ { class = $0; sub(/.*\] Running /, "", class); begun[class] = 1; next }
FNR == NR && /Tests run: .* -- in / { class = $0; sub(/.* -- in /, "", class); delete begun[class]; next }
FNR == NR { next }

/<system-(out|err)>/ { output = 1 }
output { if (/<\/system-(out|err)>/) output = 0; next }

/<testsuite / {
    tests += attribute("tests")
    failed += attribute("failures") + attribute("errors")
    skipped += attribute("skipped")
}
/<testcase / { test = attribute("classname") "." attribute("name") }
/<(failure|error)[ >]/ {
    printf "\nFAILED  %s\n", test
    message = attribute("message")
    if (message == "") message = attribute("type")
    indented(message)
    failing = 1
}
failing && /^[ \t]*at / { sub(/^[ \t]*/, ""); print "    " $0; failing = 0 }
/<\/(failure|error)>/ { failing = 0 }
/<skipped/ {
    why = attribute("message")
    if (why == "" && match($0, /TestAbortedException: .*/)) why = substr($0, RSTART + 22, RLENGTH - 22)
    sub(/\n.*/, "", why)
    reasons[why == "" ? "without a reason" : why]++
}

END {
    for (class in begun) {
        printf "\nFAILED  %s\n    its process ended before it did\n", class
        failed++; tests++
    }
    if (skipped > 0) print ""
    for (why in reasons) printf "skipped %d: %s\n", reasons[why], why
    passed = tests - failed - skipped
    failed += broken
    if (tests == 0) print "\nFAILED  no test ran"
    printf "\n%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit failed > 0 || tests == 0
}

function attribute(name,    at, rest) {
    at = index($0, " " name "=\"")
    if (at == 0) return ""
    rest = substr($0, at + length(name) + 3)
    return unescaped(substr(rest, 1, index(rest, "\"") - 1))
}

function unescaped(text) {
    gsub(/&#10;/, "\n", text); gsub(/&#9;/, "\t", text); gsub(/&#13;/, "", text)
    gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text)
    gsub(/&#39;/, "'", text); gsub(/&amp;/, "\\&", text)
    return text
}

function indented(text,    lines, count, i) {
    count = split(text, lines, "\n")
    for (i = 1; i <= count && i <= 40; i++) if (lines[i] != "" || i < count) print "    " lines[i]
    if (count > 40) print "    (and " count - 40 " more lines)"
}
