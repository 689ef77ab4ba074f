package io.prunella.compiler.pack;

import static java.util.Objects.requireNonNull;

import io.prunella.dsl.diagnostic.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pack as it was read: text and names, nothing understood yet.
 *
 * @param name of the folder, or of the file without {@code .dl}: the pack's name where no header says one
 * @param folder absolute path, for the files that actions run; empty where there is none
 * @param single whether one file stands for the whole pack
 * @param files every {@code .dl} file, by relative path
 * @param actionFiles relative path of every file under {@code actions/}, with the SHA-256 of its content in hex
 * @param digest {@code sha256:} and 64 hex digits, over names and contents of all files
 * @param problems what was wrong with the folder itself
 * @param recorded what its recordings hold
 */
public record PackSource(String name, String folder, boolean single, List<File> files,
        SortedMap<String, String> actionFiles, String digest, List<Diagnostic> problems, RecordedNames recorded) {

    /** A pack without recordings. */
    public PackSource(String name, String folder, boolean single, List<File> files,
            SortedMap<String, String> actionFiles, String digest, List<Diagnostic> problems) {
        this(name, folder, single, files, actionFiles, digest, problems, RecordedNames.NONE);
    }

    public PackSource {
        requireNonNull(name);
        requireNonNull(folder);
        files = files.stream().sorted((a, b) -> a.path().compareTo(b.path())).toList();
        actionFiles = Collections.unmodifiableSortedMap(new TreeMap<>(actionFiles));
        requireNonNull(digest);
        problems = List.copyOf(problems);
        requireNonNull(recorded);
    }

    /** A pack of one text that stands in no folder, such as standard input. */
    public static PackSource ofText(String path, byte[] text) {
        String name = path.endsWith(".dl") ? path.substring(path.lastIndexOf('/') + 1, path.length() - 3) : path;
        File file = new File(path.substring(path.lastIndexOf('/') + 1), path, text);
        return new PackSource(name, "", true, List.of(file), new TreeMap<>(),
                digest(Map.of(file.path(), sha256(text))), List.of());
    }

    /** Over names and contents: a line of each, in the order of names. */
    static String digest(Map<String, String> contents) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> file : new TreeMap<>(contents).entrySet()) {
            lines.append(file.getValue()).append("  ").append(file.getKey()).append('\n');
        }
        return "sha256:" + sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(newDigest().digest(content));
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** One {@code .dl} file; not to be changed after construction. */
    public static final class File {
        private final String path;
        private final String shown;
        private final byte[] bytes;

        /**
         * A file and its content.
         *
         * @param path relative to the pack's folder, with {@code /}
         * @param shown what the user calls it in messages
         */
        public File(String path, String shown, byte[] bytes) {
            this.path = requireNonNull(path);
            this.shown = requireNonNull(shown);
            this.bytes = bytes.clone();
        }

        /** Relative to the pack's folder, with {@code /}. */
        public String path() {
            return path;
        }

        /** What the user calls it in messages. */
        public String shown() {
            return shown;
        }

        /** A copy of its content. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** What names its rule when that has no header: the path under {@code rules/} without {@code .dl}. */
        public String ruleName() {
            String name = path.startsWith("rules/") ? path.substring("rules/".length()) : path;
            return name.endsWith(".dl") ? name.substring(0, name.length() - 3) : name;
        }
    }
}
