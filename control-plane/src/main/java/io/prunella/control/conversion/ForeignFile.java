package io.prunella.control.conversion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A file to be brought over.
 *
 * @param path as the user wrote it; its name says what it holds, and of whom
 */
public record ForeignFile(String path, Opening opening) {

    /** Opens the file at its beginning. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    /** The name without folders and without what follows its last dot. */
    String stem() {
        String name = name();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The name of the folder that it lies in, or nothing. */
    String folder() {
        Path folder = Path.of(path).getParent();
        return folder == null || folder.getFileName() == null ? "" : folder.getFileName().toString();
    }
}
