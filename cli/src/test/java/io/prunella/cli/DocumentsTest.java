package io.prunella.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prunella.control.settings.Settings;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What README and docs show is true: their rules pass {@code check}, their sessions print what they say.
 *
 * <p>
 * A page is followed from top to bottom in a folder of its own, in which {@code ./prunella} is what was just compiled
 * and {@code examples}, {@code rule-packs} and {@code demo} are the project's. The first line of a fenced block says:
 *
 * <ul>
 * <li>{@code LANG file:NAME}: the reader saves it as NAME.
 * <li>{@code dl}: passes {@code check}, by itself, or with its pack once the page is read; {@code dl bad}: does not.
 * <li>{@code console}: a line {@code $ command}, with its {@code \} continuations, is followed by what a terminal then
 * shows; {@code …} stands for anything, alone on a line for any lines. {@code masked}: times and trace ids are compared
 * by their shape. {@code needs:PROGRAM}: skipped without it, except in CI.
 * </ul>
 *
 * {@code -Dgolden.update=true} rewrites the tables that are generated.
 */
final class DocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("prunella.root"));
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final String GENERATED = "<!-- generated below, by DocumentsTest -->\n";
    private static final List<String> SHARED = List.of("examples", "rule-packs", "demo");
    private static final long MINUTES = 2;

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> everyPageDoesWhatItShows() throws IOException {
        return pages().stream().filter(page -> !page.file().startsWith(ROOT.resolve("docs/reference/diagnostics")))
                .map(page -> DynamicTest.dynamicTest(ROOT.relativize(page.file()).toString(), () -> follow(page)));
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
        return pages().stream().map(page -> DynamicTest.dynamicTest(ROOT.relativize(page.file()).toString(), () -> {
            for (String link : page.links()) {
                if (!link.matches("(https?|mailto):.*")) {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty()
                            ? page.file()
                            : page.file().resolveSibling(parts[0]).normalize();
                    assertThat(target).as("link `%s`", link).exists();
                    if (parts.length == 2) {
                        assertThat(DocumentPage.read(target).anchors()).as("link `%s`", link).contains(parts[1]);
                    }
                }
            }
        }));
    }

    @Test
    void theFrontPageIsShort() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThan(150);
    }

    @Test
    void everyCommandIsDescribedAsItIsDefined() throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        CommandLine all = Main.commandLine(new Shell(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false,
                false, Map.of(), ROOT), "completion");
        StringBuilder text = new StringBuilder();
        for (Command command : Command.values()) {
            CommandLine line = requireNonNull(all.getSubcommands().get(command.typed()));
            line.setUsageHelpWidth(100).setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
            text.append("\n## ").append(command.typed()).append("\n\n```\n")
                    .append(line.getUsageMessage().stripTrailing()).append("\n```\n");
        }
        generated("docs/reference/commands.md", text.toString());
    }

    @Test
    void everySettingIsDescribedAsItIsRead() throws IOException {
        StringBuilder text = new StringBuilder("\n| key | default | values | meaning |\n|---|---|---|---|\n");
        settings("", JsonMapper.shared().readTree(Settings.jsonSchema()), text);
        generated("docs/reference/configuration.md", text.toString());
    }

    @Test
    void everyDiagnosticIsListed() throws IOException {
        StringBuilder text = new StringBuilder("\n| code | severity | |\n|---|---|---|\n");
        for (DiagnosticCode code : DiagnosticCode.values()) {
            text.append("| [").append(code.id()).append("](diagnostics/").append(code.id()).append(".md) | ")
                    .append(code.severity().name().toLowerCase(Locale.ROOT)).append(" | ")
                    .append(code.title()).append(" |\n");
        }
        generated("docs/reference/diagnostics.md", text.toString());
    }

    private static void settings(String path, JsonNode node, StringBuilder text) {
        for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
            String name = path + property.getKey();
            JsonNode value = property.getValue();
            if (value.has("properties")) {
                settings(name + ".", value, text);
                continue;
            }
            String preset = value.path("default").isString() || value.path("default").isNumber()
                    ? "`" + value.get("default").asString() + "`"
                    : "none";
            text.append("| `").append(name).append("` | ").append(preset).append(" | ").append(values(value))
                    .append(" | ").append(value.path("description").asString("")).append(" |\n");
        }
    }

    private static String values(JsonNode value) {
        if (value.has("enum")) {
            List<String> words = new ArrayList<>();
            value.get("enum").forEach(word -> words.add("`" + word.asString() + "`"));
            return String.join(", ", words);
        }
        if (value.path("items").has("properties") || value.has("additionalProperties")) {
            return "as above";
        }
        return switch (value.path("type").asString("")) {
            case "integer" -> value.get("minimum").asString() + " to " + value.get("maximum").asString();
            case "array" -> "a list of texts";
            default -> value.has("pattern") && value.get("pattern").asString().contains("ms|s|m")
                    ? "a length of time such as `90s`, `1h30m`"
                    : "a text";
        };
    }

    /** Compares, or rewrites, what stands after the mark. */
    private static void generated(String name, String text) throws IOException {
        Path page = ROOT.resolve(name);
        String whole = Files.readString(page);
        assertThat(whole).contains(GENERATED);
        String head = whole.substring(0, whole.indexOf(GENERATED) + GENERATED.length());
        if (UPDATE) {
            Files.writeString(page, head + text);
        }
        assertThat(Files.readString(page)).isEqualTo(head + text);
    }

    private static List<DocumentPage> pages() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> walked = Files.walk(ROOT.resolve("docs"))) {
            walked.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        List<DocumentPage> pages = new ArrayList<>();
        for (Path file : files) {
            pages.add(DocumentPage.read(file));
        }
        return pages;
    }

    private void follow(DocumentPage page) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(scratch, "w").toRealPath();
        Path started = work.resolveSibling(work.getFileName() + ".started");
        shim(work.resolve("prunella"), started);
        for (String shared : SHARED) {
            Files.createSymbolicLink(work.resolve(shared), ROOT.resolve(shared));
        }
        Stand stand = Stand.make(work);
        try {
            for (DocumentPage.Block block : page.blocks()) {
                String file = block.value("file");
                if (!file.isEmpty()) {
                    Path target = work.resolve(file);
                    Files.createDirectories(target.getParent());
                    Files.writeString(target, stand.real(block.text()));
                }
                if (block.language().equals("console")) {
                    session(page, block, work, stand);
                } else if (block.language().equals("dl")) {
                    rule(page, block, work);
                }
            }
            packs(work);
        } finally {
            for (String shared : SHARED) {
                Files.delete(work.resolve(shared));
            }
            end(started, "java");
            end(work.resolve("first-heal/pid"), "python3");
        }
    }

    /** Ends those processes of a list that still are what they were. */
    private static void end(Path pids, String program) throws IOException {
        if (Files.exists(pids)) {
            for (String pid : Files.readAllLines(pids)) {
                ProcessHandle.of(Long.parseLong(pid))
                        .filter(process -> process.info().command().orElse("").contains(program))
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private void rule(DocumentPage page, DocumentPage.Block block, Path work)
            throws IOException, InterruptedException {
        if (block.value("file").contains("/")) {
            return; // checked with its pack
        }
        Path file = work.resolve("block-" + block.line() + ".dl");
        Files.writeString(file, block.text());
        Seen seen = run("./prunella check " + file.getFileName(), work, Map.of());
        assertThat(seen.exit()).as("%s:%d\n%s", page.file(), block.line(), seen.text())
                .isEqualTo(block.is("bad") ? Exit.FOUND : Exit.OK);
        Files.delete(file);
    }

    private void packs(Path work) throws IOException, InterruptedException {
        List<Path> packs;
        try (Stream<Path> walked = Files.walk(work)) {
            packs = walked.filter(file -> file.endsWith("pack.dl")).map(Path::getParent).toList();
        }
        for (Path pack : packs) {
            Seen seen = run("./prunella check " + work.relativize(pack), work, Map.of());
            assertThat(seen.exit()).as(seen.text()).isEqualTo(Exit.OK);
        }
    }

    private void session(DocumentPage page, DocumentPage.Block block, Path work, Stand stand)
            throws IOException, InterruptedException {
        String needed = block.value("needs");
        if (!needed.isEmpty() && Tool.find(needed, System.getenv()).isEmpty()) {
            assertThat(System.getenv("CI")).as("`%s` is missing", needed).isNotEqualTo("true");
            assumeTrue(false, "`" + needed + "` is missing");
        }
        StringBuilder seen = new StringBuilder();
        List<String> lines = block.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("$ ")) {
                continue;
            }
            StringBuilder command = new StringBuilder(lines.get(i).substring(2));
            seen.append(lines.get(i)).append('\n');
            while (command.charAt(command.length() - 1) == '\\') {
                i++;
                command.append('\n').append(lines.get(i));
                seen.append(lines.get(i)).append('\n');
            }
            Seen one = run(stand.real(command.toString()), work,
                    Map.of("PRUNELLA_SERVER_PORT", stand.service()));
            seen.append(stand.shown(one.text()).replace(work.toString(), "$PWD"));
        }
        boolean masked = block.is("masked");
        String expected = masked ? masked(block.text()) : block.text();
        String actual = masked ? masked(seen.toString()) : seen.toString();
        if (!Pattern.compile(pattern(expected), Pattern.DOTALL).matcher(actual).matches()) {
            assertThat(actual).as("%s:%d, really:\n%s", page.file(), block.line(), seen).isEqualTo(expected);
        }
    }

    private static String pattern(String expected) {
        return Arrays.stream(("\n" + expected).split("(?<=\n)", -1)).skip(1)
                .map(line -> line.equals("…\n")
                        ? "(?:[^\n]*\n)*?"
                        : Arrays.stream(line.split("…", -1)).map(Pattern::quote)
                                .collect(Collectors.joining("[^\n]*?")))
                .collect(Collectors.joining());
    }

    private static String masked(String text) {
        return text.replaceAll("\\b[0-9a-f]{32}\\b", "TRACE")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
                .replaceAll(" *\\b\\d+(\\.\\d+)? (s|ms)\\b", " SECONDS")
                .replaceAll("(?m)[ \\t]+$", "");
    }

    private record Seen(String text, int exit) {}

    private Seen run(String command, Path work, Map<String, String> more) throws IOException, InterruptedException {
        Path out = Files.createTempFile(scratch, "out", ".txt");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).directory(work.toFile())
                .redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true).redirectOutput(out.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(Map.of("PATH", "/usr/bin:/bin:/usr/sbin", "HOME", work.toString(), "LC_ALL", "C.UTF-8"));
        environment.putAll(more);
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return new Seen(Files.readString(out) + "[hangs]\n", -1);
        }
        return new Seen(Files.readString(out), process.exitValue());
    }

    /** A {@code prunella} that runs what was just compiled, and notes its processes, so that none outlives the test. */
    private static void shim(Path shim, Path started) throws IOException {
        List<String> command = List.of("exec", quoted(System.getProperty("java.home") + "/bin/java"), "-Xlog:disable",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                quoted("-Dprunella.home=" + ROOT), "-cp", quoted(System.getProperty("java.class.path")),
                "io.prunella.cli.Main", "\"$@\"");
        Files.writeString(shim, "#!/bin/sh\necho $$ >> " + quoted(started.toString()) + "\n"
                + String.join(" ", command) + "\n");
        assertThat(shim.toFile().setExecutable(true)).isTrue();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Ports and folder that a page names, and those that stand for them here, so that nothing of others is met. */
    private record Stand(String service, String page, String folder) {
        private static final String SERVICE = "127.0.0.1:8080";
        private static final String PAGE = "18090";
        private static final String FOLDER = "/tmp/first-heal";

        static Stand make(Path work) throws IOException {
            try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return new Stand(String.valueOf(one.getLocalPort()), String.valueOf(other.getLocalPort()),
                        work + "/first-heal");
            }
        }

        String real(String text) {
            return text.replace(SERVICE, "127.0.0.1:" + service).replace(PAGE, page).replace(FOLDER, folder);
        }

        String shown(String text) {
            return text.replace("127.0.0.1:" + service, SERVICE).replace(page, PAGE).replace(folder, FOLDER);
        }
    }
}
