package io.prunella.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class QuickTest {
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false,
            StandardCharsets.UTF_8);
    private final Shell shell = new Shell(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false, false,
            Map.of(),
            Path.of("."));

    @ParameterizedTest
    @ValueSource(strings = {"check a.dl", "check a.dl b.dl", "check --strict a.dl", "check a.dl --strict b",
            "check ünï", "check a=b"})
    void readsPlainArgumentsAsPicocliDoes(String typed) {
        String[] arguments = typed.split(" ", -1);
        CommandLine.ParseResult parsed = Main.commandLine(shell, arguments).parseArgs(arguments);
        assertThat(Quick.check(shell, arguments).map(Object::toString))
                .isEqualTo(Optional.of(parsed.subcommand().commandSpec().userObject().toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "check --help", "check -", "check --format json a.dl", "check a.dl -h",
            "check @file", "check --strict", "check --strict --strict a.dl", "fmt a.dl", "check -- --strict", "check "})
    void leavesEverythingElseToPicocli(String typed) {
        assertThat(Quick.check(shell, List.of(typed.split(" ", -1)).toArray(String[]::new))).isEmpty();
    }
}
