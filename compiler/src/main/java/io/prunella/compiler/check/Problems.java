package io.prunella.compiler.check;

import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import io.prunella.dsl.diagnostic.Diagnostics;
import io.prunella.dsl.diagnostic.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects the problems of all files of one pack while the stages run; not thread-safe. */
public final class Problems {
    private final Map<String, Diagnostics> byFile = new LinkedHashMap<>();
    private final List<Diagnostic> found = new ArrayList<>();

    /** Where problems of one file go. */
    public Diagnostics in(String file) {
        return byFile.computeIfAbsent(file, Diagnostics::new);
    }

    /** Takes what others found already. */
    public void addAll(List<Diagnostic> diagnostics) {
        found.addAll(diagnostics);
    }

    /** Whether a file could not be read whole, so that what its rules lack may only have been lost. */
    public boolean incomplete(String file) {
        return found.stream().anyMatch(d -> d.file().equals(file) && d.severity() == Severity.ERROR);
    }

    /** Where errors of a file begin; what is only not executed yet is none. */
    public NavigableSet<Integer> wrongPlaces(String file) {
        return in(file).all().stream()
                .filter(d -> d.severity() == Severity.ERROR && d.code() != DiagnosticCode.NOT_EXECUTED_YET)
                .map(d -> d.span().start()).collect(Collectors.toCollection(TreeSet::new));
    }

    public boolean hasErrors() {
        return all().stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    /** Everything, by file, then by place; where the text itself is wrong, nothing is said of its meaning. */
    public List<Diagnostic> all() {
        List<Diagnostic> all = new ArrayList<>(found);
        byFile.values().forEach(diagnostics -> diagnostics.all().stream().filter(d -> !explained(d)).forEach(all::add));
        all.sort(Comparator.comparing(Diagnostic::file).thenComparingInt(d -> d.span().start())
                .thenComparing(d -> d.code().id()));
        return all;
    }

    private boolean explained(Diagnostic later) {
        return found.stream().anyMatch(first -> first.file().equals(later.file())
                && first.span().start() <= later.span().start() && later.span().end() <= first.span().end()
                && first.span().end() > first.span().start());
    }
}
