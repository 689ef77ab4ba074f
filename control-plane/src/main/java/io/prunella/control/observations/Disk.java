package io.prunella.control.observations;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The port between the log and the file system, so that a test can count syncs and let a disk fail.
 */
public interface Disk {

    /** Opens a file for appending, creating it where it is missing; its name is durable when this returns. */
    Output open(Path file) throws IOException;

    /** One open file; used by one thread at a time. */
    interface Output extends Closeable {

        /** Appends all of it; durable only after {@link #force}. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns when everything written so far survives a power cut. */
        void force() throws IOException;

        /** Bytes in the file. */
        long size() throws IOException;

        /** Cuts the file to this many bytes. */
        void truncate(long size) throws IOException;
    }

    /** The real one. */
    static Disk real() {
        return file -> {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND);
            // The folder is synced too: a new file whose name is lost takes its synced content with it.
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return new ChannelOutput(channel);
        };
    }
}
