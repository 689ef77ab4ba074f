package io.prunella.cli;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.prunella.compiler.Compilation;
import io.prunella.compiler.Compiler;
import io.prunella.compiler.pack.PackSource;
import io.prunella.control.proof.Coverage;
import io.prunella.control.proof.JUnitXml;
import io.prunella.control.proof.PackRecordings;
import io.prunella.control.proof.TestReport;
import io.prunella.control.proof.TestRunner;
import io.prunella.dsl.diagnostic.DiagnosticRenderer;
import io.prunella.ruler.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(name = "test", mixinStandardHelpOptions = true, description = "Runs the `test` blocks of packs, on a virtual clock and with scripted actions.", footer = {
        "", "Ends with 1 if a test fails, if a pack has errors, or if less was seen than --min-coverage asks for.",
        "Coverage counts each comparison of a rule twice, for having been true and for having been false, and each",
        "outcome that the rule provides for once."})
final class TestCommand implements Action {
    private final Shell shell;

    @CommandLine.Parameters(arity = "1..*", paramLabel = "PATH", description = "a pack's folder, a folder of packs, or a .dl file (one of a pack's tests/ runs with its pack)")
    private List<String> paths = List.of();

    @CommandLine.Option(names = "--run", paramLabel = "REGEX", description = "only tests whose file or title matches (RE2, anywhere)")
    private Optional<String> only = Optional.empty();

    @CommandLine.Option(names = "--junit", paramLabel = "FILE", description = "writes a report as JUnit XML too")
    private Optional<Path> junit = Optional.empty();

    @CommandLine.Option(names = "--json", description = "JSON Lines, one for each test")
    private boolean json;

    @CommandLine.Option(names = "--topology", paramLabel = "FILE", description = "who there is and who stands above whom in every test, YAML or JSON: the inventory, its labels, and child to parents")
    private Optional<String> topology = Optional.empty();

    @CommandLine.Option(names = "--coverage", description = "says what the tests have never seen: comparisons that were never true or never false, and outcomes that never came")
    private boolean coverage;

    @CommandLine.Option(names = "--min-coverage", paramLabel = "N", description = "the same, and ends with 1 where less than N percent was seen")
    private Optional<Integer> minCoverage = Optional.empty();

    @CommandLine.Option(names = "--watch", description = "runs them again whenever a file of the packs changes, until Ctrl-C")
    private boolean watch;

    TestCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        if (minCoverage.filter(percent -> percent < 0 || percent > 100).isPresent()) {
            throw UserError.usage("`--min-coverage` takes a percentage from 0 to 100, not `" + minCoverage.get() + "`");
        }
        if (!watch) {
            return once();
        }
        if (paths.contains("-")) {
            throw UserError.usage("standard input does not change: `--watch` takes files and folders");
        }
        return new Watching(shell, paths.stream().map(path -> packOfTest(path).orElse(Path.of(path))).toList())
                .again(this::once);
    }

    private int once() {
        Pattern wanted = pattern(only.orElse(""));
        Topology known = Topologies.read(topology);
        List<TestReport.TestResult> results = new ArrayList<>();
        List<JUnitXml.Broken> broken = new ArrayList<>();
        Coverage seen = new Coverage(List.of());
        for (String path : paths) {
            if (path.endsWith(".yml") || path.endsWith(".yaml")) {
                throw UserError.usage(path
                        + ": this version does not run promtool's test files yet; run them with `promtool test rules`, or write `test` blocks");
            }
            Optional<Path> pack = packOfTest(path);
            Pattern here = pack.isEmpty() ? wanted : pattern(Pattern.quote(path) + ": .*(?:" + only.orElse("") + ")");
            String place = pack.map(Path::toString).orElse(path);
            List<PackSource> sources = Packs.readAll(shell, place);
            for (PackSource source : sources) {
                Compilation compilation = Compiler.compile(source);
                if (compilation.hasErrors()) {
                    DiagnosticRenderer renderer = new DiagnosticRenderer(compilation.sources().values());
                    shell.err().print(renderer.text(compilation.diagnostics(), shell.colourErr()));
                    broken.add(new JUnitXml.Broken(sources.size() == 1 ? place : source.name(),
                            renderer.text(compilation.diagnostics(), false)));
                } else {
                    TestRunner runner = new TestRunner(InstantSource.system(), new PackRecordings(), known);
                    TestReport report;
                    if (covered()) {
                        TestRunner.Covered covered = runner.runCovered(compilation, here);
                        seen = seen.and(covered.coverage());
                        report = covered.report();
                    } else {
                        report = runner.run(compilation, here);
                    }
                    report.tests().forEach(this::print);
                    results.addAll(report.tests());
                }
            }
        }
        int tests = end(new TestReport(results), broken);
        // Of rules that could not be read, nothing can be said to be covered.
        return Math.max(tests, covered() && broken.isEmpty() ? enough(seen) : Exit.OK);
    }

    private boolean covered() {
        return coverage || minCoverage.isPresent();
    }

    /** Prints what was seen, and ends with 1 where that is too little. */
    private int enough(Coverage seen) {
        CoveragePrinter printer = new CoveragePrinter(shell.out(), Style.of(shell.colourOut()));
        if (json) {
            printer.json(seen);
        } else {
            printer.print(seen);
        }
        if (minCoverage.filter(percent -> seen.percent() < percent).isEmpty()) {
            return Exit.OK;
        }
        shell.err().println("coverage is " + seen.percent() + "%, less than the " + minCoverage.get() + "% asked for");
        return Exit.FOUND;
    }

    /** Whole or not at all: whoever stops us must not find half a report. */
    private static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, text);
            return;
        }
        Path beside = Path.of(file + ".part");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private int end(TestReport report, List<JUnitXml.Broken> broken) {
        junit.ifPresent(file -> {
            try {
                write(file, JUnitXml.write(report, broken));
            } catch (NoSuchFileException _) {
                throw UserError.usage(file + ": there is no such folder");
            } catch (IOException e) {
                throw UserError.usage(file + ": cannot be written: " + e.getMessage());
            }
        });
        if (only.isPresent() && report.tests().isEmpty() && broken.isEmpty()) {
            throw UserError.usage("no test matches `--run " + only.get() + "`");
        }
        broken.forEach(pack -> shell.err().println(pack.pack() + " does not compile, so none of its tests was run"));
        if (report.tests().isEmpty() && !broken.isEmpty()) {
            return Exit.FOUND;
        }
        shell.err().println(report.tests().isEmpty()
                ? "no tests"
                : Count.of(report.tests().size(), "test") + ": "
                        + (report.passed() ? "all passed" : report.failed() + " failed"));
        return report.passed() && broken.isEmpty() ? Exit.OK : Exit.FOUND;
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw UserError.usage("`--run` takes a regular expression (RE2): " + e.getMessage());
        }
    }

    /** The pack's folder, where a path is one of its tests. */
    private static Optional<Path> packOfTest(String path) {
        if (!path.endsWith(".dl")) {
            return Optional.empty();
        }
        for (Path folder = Path.of(path).getParent(); folder != null; folder = folder.getParent()) {
            if (String.valueOf(folder.getFileName()).equals("tests")) {
                Path pack = folder.getParent() == null ? Path.of(".") : folder.getParent();
                if (Files.exists(pack.resolve("pack.dl"))) {
                    return Optional.of(pack);
                }
            }
        }
        return Optional.empty();
    }

    private void print(TestReport.TestResult test) {
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", test.file());
            line.put("line", test.span().line());
            line.put("test", test.title());
            line.put("result", test.passed() ? "passed" : "failed");
            line.put("failures", test.failures().stream().map(f -> {
                Map<String, Object> failure = new LinkedHashMap<>();
                failure.put("line", f.span().line());
                failure.put("message", f.message());
                failure.put("details", f.details());
                return failure;
            }).toList());
            shell.out().println(Json.line(line));
            return;
        }
        Style style = Style.of(shell.colourOut());
        shell.out().println((test.passed() ? style.good("ok    ") : style.bad("FAILED")) + "  " + test.file() + ":"
                + test.span().line() + "  " + test.title());
        for (TestReport.Failure failure : test.failures()) {
            shell.out().println("        " + test.file() + ":" + failure.span().line() + ":" + failure.span().column()
                    + ": " + failure.message());
            failure.details().forEach(detail -> shell.out().println("          " + detail));
        }
    }
}
