package io.prunella.control.proof;

import io.prunella.dsl.ast.Span;
import java.util.List;

/** What became of all tests of a run, in the order of files and positions. */
public record TestReport(List<TestResult> tests) {
    public TestReport {
        tests = List.copyOf(tests);
    }

    public boolean passed() {
        return failed() == 0;
    }

    /** How many tests failed. */
    public long failed() {
        return tests.stream().filter(t -> !t.passed()).count();
    }

    /**
     * What became of one test.
     *
     * @param file as shown in messages
     * @param span of the whole block
     * @param failures in the order of the expectations; empty when it passed
     * @param millis how long it took, in real time
     */
    public record TestResult(String file, String title, Span span, List<Failure> failures, long millis) {
        public TestResult {
            failures = List.copyOf(failures);
        }

        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /**
     * An expectation that was not met.
     *
     * @param span of the expectation
     * @param message what was expected and what happened instead, on one line
     * @param details further lines: what fired instead, and why the expected rule did not
     */
    public record Failure(Span span, String message, List<String> details) {
        public Failure {
            details = List.copyOf(details);
        }
    }
}
