package io.prunella.cli;

import com.github.luben.zstd.ZstdOutputStream;
import io.prunella.control.conversion.Conversion;
import io.prunella.control.conversion.ConversionReport;
import io.prunella.control.conversion.ForeignFile;
import io.prunella.control.conversion.ForeignFormat;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;

@CommandLine.Command(name = "record", mixinStandardHelpOptions = true, description = "Makes a recording of what others recorded, in the order of time, and says what could not be brought over.", footer = {
        "", "Ends with 2 if nothing of the files can be brought over."})
final class RecordCommand implements Action {
    private final Shell shell;

    @CommandLine.Option(names = "--format", paramLabel = "FORMAT", description = "nab, nezha or kapacitor")
    private Optional<String> format = Optional.empty();

    @CommandLine.Option(names = "--from", required = true, arity = "1..*", paramLabel = "FILE", description = "files of that format; of a folder, all files in it")
    private List<String> from = List.of();

    @CommandLine.Option(names = "--out", required = true, paramLabel = "FILE", description = "where the recording goes (.jsonl, .gz, .zst), or - for standard output")
    private String out = "";

    @CommandLine.Option(names = "--trace", paramLabel = "ID", hidden = true)
    private Optional<String> trace = Optional.empty();

    @CommandLine.Option(names = "--as-test", hidden = true)
    private boolean asTest;

    RecordCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int run() {
        Later.refuse("--trace", trace.isPresent());
        Later.refuse("--as-test", asTest);
        if (format.isEmpty()) {
            throw UserError.usage(from.stream().anyMatch(name -> name.matches("https?://.*"))
                    ? "recording from a live stream is not supported by this version; `--from` takes files, and `--format` says of which kind"
                    : "`--format` is missing: `nab`, `nezha` or `kapacitor`");
        }
        ForeignFormat wanted = Stream.of(ForeignFormat.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(format.get())).findFirst()
                .orElseThrow(() -> UserError
                        .usage("`--format` takes `nab`, `nezha` or `kapacitor`, not `" + format.get() + "`"));
        List<ForeignFile> files = files();
        Path scratch = scratch();
        try {
            ConversionReport report = write(wanted, files, scratch);
            tell(report);
            if (report.samples() + report.events() == 0) {
                throw UserError.usage("nothing could be brought over: is this `" + format.get() + "`?");
            }
            return Exit.OK;
        } finally {
            scratch.toFile().delete();
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("prunella-record");
        } catch (IOException e) {
            throw UserError.usage("no folder for what does not fit into memory: " + e.getMessage());
        }
    }

    private List<ForeignFile> files() {
        List<ForeignFile> files = new ArrayList<>();
        for (String name : from) {
            if (name.equals("-")) {
                throw UserError.usage("`--from` takes files, since their names say what they hold");
            }
            Path path = Path.of(name);
            if (!Files.isReadable(path)) {
                throw UserError.usage(name + ": "
                        + (Files.exists(path) ? "permission denied" : "no such file or folder"));
            }
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else {
                files.add(file(path));
            }
        }
        return files;
    }

    private static List<ForeignFile> below(Path folder) {
        try (Stream<Path> walked = Files.walk(folder)) {
            return walked.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString))
                    .map(RecordCommand::file).toList();
        } catch (IOException e) {
            throw UserError.usage(folder + ": cannot be read: " + e.getMessage());
        }
    }

    private static ForeignFile file(Path path) {
        return new ForeignFile(path.toString(), () -> Files.newInputStream(path));
    }

    /** Neither half a recording nor an empty one ever stands under the name that was asked for. */
    private ConversionReport write(ForeignFormat wanted, List<ForeignFile> files, Path scratch) {
        try {
            if (out.equals("-")) {
                ConversionReport report;
                try (Writer text = writer(new Kept(shell.out()))) {
                    report = Conversion.run(wanted, files, scratch, text);
                }
                shell.out().flush();
                return report;
            }
            Path target = Path.of(out);
            Path folder = target.toAbsolutePath().getParent();
            if (Files.isDirectory(target) || folder == null || !Files.isDirectory(folder)) {
                throw UserError.usage(out + ": cannot be written: "
                        + (Files.isDirectory(target) ? "it is a folder" : "there is no folder `" + folder + "`"));
            }
            Path part = target.resolveSibling(target.getFileName() + ".part");
            ConversionReport report;
            try (Writer text = writer(packed(Files.newOutputStream(part)))) {
                report = Conversion.run(wanted, files, scratch, text);
            } catch (IOException e) {
                Files.deleteIfExists(part);
                throw e;
            }
            if (report.samples() + report.events() == 0) {
                Files.delete(part);
            } else {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return report;
        } catch (IOException e) {
            throw UserError.usage("cannot bring the recording over: " + e.getMessage());
        }
    }

    private OutputStream packed(OutputStream file) throws IOException {
        if (out.endsWith(".gz")) {
            return new GZIPOutputStream(file);
        }
        return out.endsWith(".zst") ? new ZstdOutputStream(file) : file;
    }

    private static Writer writer(OutputStream to) {
        return new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    }

    /** Standard output stays open. */
    private static final class Kept extends FilterOutputStream {
        Kept(OutputStream target) {
            super(target);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private void tell(ConversionReport report) {
        reasons("not brought over", report.refused());
        reasons("changed", report.notes());
        StringBuilder text = new StringBuilder("read ").append(Count.of(report.lines(), "line")).append(": ")
                .append(Count.of(report.samples(), "sample")).append(", ").append(Count.of(report.events(), "event"));
        if (report.left() > 0) {
            text.append("; ").append(String.format("%,d could not be brought over", report.left()));
        }
        shell.err().println(text);
    }

    private void reasons(String head, List<ConversionReport.Reason> reasons) {
        for (ConversionReport.Reason reason : reasons) {
            shell.err().println(head + ", " + Count.of(reason.count(), "time") + ": " + reason.text());
            reason.examples().forEach(example -> shell.err().println("  " + example));
        }
    }
}
