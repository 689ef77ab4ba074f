package io.prunella.control.serve;

import io.prunella.compiler.rule.PackModel;
import io.prunella.dsl.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads and compiles one pack: a port, so that watching can be tried with packs that need no compiler. */
@FunctionalInterface
interface PackReader {

    Read read(Path path);

    /**
     * What became of it.
     *
     * @param digest of what was read; empty if nothing could be
     * @param model when there is no error
     */
    record Read(String name, String digest, Optional<PackModel> model, List<PackProblem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /**
     * One problem of a pack, with its place.
     *
     * @param code empty where the pack could not be read at all
     * @param help empty where the message says it all
     */
    record PackProblem(String code, String severity, String file, int line, int column, String message, String help) {
        static PackProblem of(Diagnostic diagnostic) {
            return new PackProblem(diagnostic.code().id(), diagnostic.severity().label(), diagnostic.file(),
                    diagnostic.span().line(), diagnostic.span().column(), diagnostic.message(),
                    diagnostic.help().orElse(""));
        }

        static PackProblem unreadable(String path, String message) {
            return new PackProblem("", "error", path, 1, 1, message, "");
        }

        String text() {
            return file + ":" + line + ":" + column + ": " + severity + (code.isEmpty() ? "" : " " + code) + ": "
                    + message + (help.isEmpty() ? "" : " (" + help + ")");
        }
    }
}
