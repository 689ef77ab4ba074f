package io.prunella.dsl.diagnostic;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.prunella.dsl.ast.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the problems of one file while a phase runs; not thread-safe. */
public final class Diagnostics {
    private final String file;
    private final List<Diagnostic> collected = new ArrayList<>();

    public Diagnostics(String file) {
        this.file = file;
    }

    /** Starts a diagnostic; nothing is collected until {@link Draft#message} names its cause. */
    public Draft report(DiagnosticCode code, Span span) {
        return new Draft(code, span);
    }

    /** What was collected so far, in the order reported. */
    public List<Diagnostic> all() {
        return List.copyOf(collected);
    }

    /** A diagnostic of which only code and place are known. */
    public final class Draft {
        private final DiagnosticCode code;
        private final Span span;

        private Draft(DiagnosticCode code, Span span) {
            this.code = code;
            this.span = span;
        }

        /** Collects it with its cause; labels and help may still be added. */
        @FormatMethod
        public Reported message(@FormatString String format, Object... arguments) {
            collected.add(new Diagnostic(code, file, span, String.format(format, arguments), List.of(),
                    Optional.empty()));
            return new Reported(collected.size() - 1);
        }
    }

    /** A collected diagnostic that can be given more to say. */
    public final class Reported {
        private final int index;

        private Reported(int index) {
            this.index = index;
        }

        /** Points at another place of the same file. */
        public Reported label(Span span, String text) {
            return label(file, span, text);
        }

        /** Points at a place of any file. */
        public Reported label(String otherFile, Span span, String text) {
            Diagnostic d = collected.get(index);
            List<Diagnostic.Label> labels = new ArrayList<>(d.labels());
            labels.add(new Diagnostic.Label(otherFile, span, text));
            collected.set(index, new Diagnostic(d.code(), d.file(), d.span(), d.message(), labels, d.help()));
            return this;
        }

        /** Says the cure. */
        public Reported help(String text) {
            Diagnostic d = collected.get(index);
            collected.set(index,
                    new Diagnostic(d.code(), d.file(), d.span(), d.message(), d.labels(), Optional.of(text)));
            return this;
        }

        /** Says the cure if there is one. */
        public Reported help(Optional<String> text) {
            text.ifPresent(this::help);
            return this;
        }
    }
}
