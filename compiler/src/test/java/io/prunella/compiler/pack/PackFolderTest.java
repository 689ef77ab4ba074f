package io.prunella.compiler.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.prunella.dsl.diagnostic.Diagnostic;
import io.prunella.dsl.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackFolderTest {
    @TempDir
    Path temp;

    private Path pack;

    @BeforeEach
    void pack() throws IOException {
        pack = temp.resolve("linux-base");
        write("pack.dl", "pack linux_base");
        write("rules/b.dl", "# b");
        write("rules/deep/a.dl", "# a");
        write("actions/reboot.yml", "- hosts: all");
        write("actions/roles/x/tasks/main.yml", "- debug:");
        write("tests/t.dl", "# t");
        write("recordings/r.jsonl", "{}");
    }

    private void write(String path, String text) throws IOException {
        Path file = pack.resolve(path);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
    }

    private static PackSource read(Path path) {
        PackRead read = PackFolder.read(path);
        assertThat(read).isInstanceOf(PackRead.Found.class);
        return ((PackRead.Found) read).source();
    }

    @Test
    void readsFilesOfAPackInTheOrderOfTheirPaths() throws IOException {
        PackSource source = read(pack);
        assertThat(source.files()).extracting(PackSource.File::path).containsExactly("pack.dl", "rules/b.dl",
                "rules/deep/a.dl", "tests/t.dl");
        assertThat(source.files()).extracting(PackSource.File::ruleName).containsExactly("pack", "b", "deep/a",
                "tests/t");
        assertThat(source.files().getFirst().shown()).isEqualTo(pack + "/pack.dl");
        assertThat(source.actionFiles()).containsOnlyKeys("actions/reboot.yml", "actions/roles/x/tasks/main.yml");
        assertThat(source.name()).isEqualTo("linux-base");
        assertThat(source.folder()).isEqualTo(pack.toRealPath().toString());
        assertThat(source.single()).isFalse();
        assertThat(source.problems()).isEmpty();
    }

    @Test
    void digestCoversNamesAndContentsAndNothingElse() throws IOException {
        String digest = read(pack).digest();
        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        write("README.md", "not the pack's");
        write("rules/.hidden.dl", "editors leave these");
        assertThat(read(pack).digest()).isEqualTo(digest);
        write("recordings/r.jsonl", "{} ");
        assertThat(read(pack).digest()).isNotEqualTo(digest);
        write("recordings/r.jsonl", "{}");
        assertThat(read(pack).digest()).isEqualTo(digest);
        Files.move(pack.resolve("rules/b.dl"), pack.resolve("rules/c.dl"));
        assertThat(read(pack).digest()).isNotEqualTo(digest);
    }

    @Test
    void linkThatLeadsOutsideIsAProblemOfThePack() throws IOException {
        Path secret = Files.writeString(temp.resolve("secret.dl"), "on event: \"x\"");
        Files.createSymbolicLink(pack.resolve("rules/evil.dl"), secret);
        Files.createSymbolicLink(pack.resolve("actions/gone.yml"), pack.resolve("nowhere"));
        Files.createSymbolicLink(pack.resolve("rules/folder"), temp);
        PackSource source = read(pack);
        assertThat(source.files()).extracting(PackSource.File::path).doesNotContain("rules/evil.dl");
        assertThat(source.problems()).extracting(Diagnostic::code).containsOnly(DiagnosticCode.OUTSIDE_PACK);
        assertThat(source.problems()).extracting(Diagnostic::file).containsExactlyInAnyOrder(
                pack + "/rules/evil.dl", pack + "/actions/gone.yml", pack + "/rules/folder");
    }

    @Test
    void linkWithinThePackIsAFileLikeOthers() throws IOException {
        Files.createSymbolicLink(pack.resolve("rules/same.dl"), pack.resolve("rules/b.dl"));
        PackSource source = read(pack);
        assertThat(source.problems()).isEmpty();
        assertThat(source.files()).extracting(PackSource.File::path).contains("rules/same.dl");
    }

    @Test
    void singleFileIsAPackOfItsOwn() {
        PackSource source = read(pack.resolve("rules/b.dl"));
        assertThat(source.single()).isTrue();
        assertThat(source.name()).isEqualTo("b");
        assertThat(source.files()).extracting(PackSource.File::path).isEqualTo(List.of("b.dl"));
        assertThat(source.files().getFirst().shown()).isEqualTo(pack + "/rules/b.dl");
    }

    @Test
    void singleFileFindsTheActionsBesideIt() throws IOException {
        write("alone.dl", "# x");
        assertThat(read(pack.resolve("alone.dl")).actionFiles()).containsKey("actions/reboot.yml");
    }

    @Test
    void whatCannotBeReadIsNoPack() throws IOException {
        assertThat(PackFolder.read(temp.resolve("nowhere")))
                .isEqualTo(new PackRead.Unreadable(temp.resolve("nowhere").toString(), "no such file or folder"));
        Path empty = Files.createDirectory(temp.resolve("empty"));
        assertThat(PackFolder.read(empty)).isEqualTo(new PackRead.Unreadable(empty.toString(),
                "no pack: the folder has neither `pack.dl` nor `rules/`"));
        Files.createDirectories(temp.resolve("odd/rules"));
        Files.createDirectory(temp.resolve("odd/pack.dl"));
        assertThat(PackFolder.read(temp.resolve("odd"))).isInstanceOf(PackRead.class);
    }

    @Test
    void fileThatIsTooLargeIsReadOnlyAsFarAsTheParserNeeds() throws IOException {
        write("rules/large.dl", "#".repeat(3 << 20));
        PackSource source = read(pack);
        assertThat(source.files().stream().filter(f -> f.path().equals("rules/large.dl")).findFirst().orElseThrow()
                .bytes()).hasSize((1 << 20) + 1);
    }
}
