package meridian.config.source;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import meridian.config.source.ConfigProblem.Severity;

/// Every problem found so far, sorted by file and line, each once: a reader reports here and reads
/// on, so that all are told at once.
public final class Problems {

    private final SortedSet<ConfigProblem> found = new TreeSet<>();
    private int errors;

    public void refuse(Spot at, String wrong, String accepted) {
        add(at, wrong, accepted, Severity.ERROR);
    }

    public void warn(Spot at, String wrong, String accepted) {
        add(at, wrong, accepted, Severity.WARNING);
    }

    /// What `maker` makes, or nothing and a problem in the words of the value that refused.
    ///
    /// The values of `model` refuse with "what is wrong; what is accepted".
    public <T> Optional<T> attempt(Spot at, Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            String[] parts = String.valueOf(e.getMessage()).split("; ", 2);
            refuse(at, parts[0], parts.length > 1 ? parts[1] : "");
            return Optional.empty();
        }
    }

    public void addAll(Problems others) {
        others.found.forEach(this::add);
    }

    public boolean hasErrors() {
        return errors > 0;
    }

    /// How many errors were told, those that were told before too: as many as before, if what was
    /// read meanwhile has none.
    public int errors() {
        return errors;
    }

    public List<ConfigProblem> toList() {
        return List.copyOf(found);
    }

    private void add(Spot at, String wrong, String accepted, Severity severity) {
        add(new ConfigProblem(at.file(), at.line(), at.path(), wrong, accepted, severity));
    }

    private void add(ConfigProblem problem) {
        found.add(problem);
        if (problem.isError()) errors++;
    }
}
