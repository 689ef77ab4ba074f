package io.prunella.control.proof;

import io.prunella.control.proof.TestReport.Failure;
import io.prunella.control.proof.TestReport.TestResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a report as JUnit XML, the form that every CI system reads: one suite a file. */
public final class JUnitXml {
    private JUnitXml() {}

    /**
     * A pack none of whose tests could run, because it does not compile.
     *
     * @param pack as shown in messages
     * @param diagnostics as text
     */
    public record Broken(String pack, String diagnostics) {}

    /** Of packs that all compile. */
    public static String write(TestReport report) {
        return write(report, List.of());
    }

    /** The whole document, UTF-8 when written; a pack that does not compile is a suite of its own, with one error. */
    public static String write(TestReport report, List<Broken> broken) {
        Map<String, List<TestResult>> suites = report.tests().stream()
                .collect(Collectors.groupingBy(TestResult::file, LinkedHashMap::new, Collectors.toList()));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites").append(counts("prunella", report.tests(), broken.size())).append(">\n");
        suites.forEach((file, tests) -> {
            xml.append("  <testsuite").append(counts(file, tests, 0)).append(">\n");
            tests.forEach(test -> testCase(test, xml));
            xml.append("  </testsuite>\n");
        });
        broken.forEach(pack -> suite(pack, xml));
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(Broken pack, StringBuilder xml) {
        // The error is in a case of its own, because readers of this form look for errors in cases only.
        xml.append("  <testsuite").append(counts(pack.pack(), List.of(), 1)).append(">\n    <testcase")
                .append(attribute("classname", pack.pack())).append(attribute("name", "compiles"))
                .append(attribute("time", seconds(0))).append(attribute("file", pack.pack()))
                .append(">\n      <error").append(attribute("message", "the pack does not compile")).append('>')
                .append(escaped(pack.diagnostics())).append("</error>\n    </testcase>\n  </testsuite>\n");
    }

    private static void testCase(TestResult test, StringBuilder xml) {
        xml.append("    <testcase").append(attribute("classname", test.file()))
                .append(attribute("name", test.title())).append(attribute("time", seconds(test.millis())))
                .append(attribute("file", test.file()))
                .append(attribute("line", Integer.toString(test.span().line())));
        if (test.passed()) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n");
        for (Failure failure : test.failures()) {
            xml.append("      <failure").append(attribute("message", failure.message())).append('>')
                    .append(escaped(test.file() + ":" + failure.span().line() + ":" + failure.span().column() + "\n"
                            + String.join("\n", failure.details())))
                    .append("</failure>\n");
        }
        xml.append("    </testcase>\n");
    }

    private static String counts(String name, List<TestResult> tests, int errors) {
        return attribute("name", name) + attribute("tests", Integer.toString(tests.size() + errors))
                + attribute("failures", Long.toString(tests.stream().filter(t -> !t.passed()).count()))
                + attribute("errors", Integer.toString(errors)) + attribute("skipped", "0")
                + attribute("time", seconds(tests.stream().mapToLong(TestResult::millis).sum()));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private static String attribute(String name, String value) {
        return " " + name + "=\"" + escaped(value).replace("\n", "&#10;") + "\"";
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> {
                    boolean legal = c == '\n' || c == '\t' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF
                            && (c < 0xD800 || c > 0xDFFF));
                    out.appendCodePoint(legal ? c : 0xFFFD);
                }
            }
        });
        return out.toString();
    }
}
