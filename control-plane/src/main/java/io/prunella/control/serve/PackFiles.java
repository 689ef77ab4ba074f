package io.prunella.control.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** Finds the packs of a folder and tells cheaply whether one may have changed; contents are judged by digest later. */
final class PackFiles {
    private static final String HEADER = "pack.dl";

    private PackFiles() {}

    /** A print of names, sizes and times of each pack's files, by the pack's path. */
    static Map<Path, String> fingerprints(Path folder) throws IOException {
        Map<Path, String> found = new TreeMap<>();
        if (Files.isRegularFile(folder.resolve(HEADER))) {
            found.put(folder, fingerprint(folder));
            return found;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                boolean pack = Files.isDirectory(child)
                        ? Files.exists(child.resolve(HEADER)) || Files.isDirectory(child.resolve("rules"))
                        : name.endsWith(".dl");
                if (pack && !name.startsWith(".")) {
                    found.put(child, fingerprint(child));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    /** The same of one pack, or of any file. */
    static String fingerprint(Path pack) throws IOException {
        StringBuilder print = new StringBuilder();
        Files.walkFileTree(pack, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                print.append(file).append('|').append(attributes.size()).append('|')
                        .append(attributes.lastModifiedTime()).append('|').append(attributes.fileKey()).append('\n');
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) {
                // It went away meanwhile, or may not be read: whoever reads the pack says so.
                print.append(file).append("|unreadable\n");
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder,
                    java.io.@org.jspecify.annotations.Nullable IOException cause) {
                return FileVisitResult.CONTINUE;
            }
        });
        return print.toString();
    }
}
