package io.prunella.cli;

import java.io.IOException;
import java.io.OutputStream;

/** An output that ends the command, silently, when nobody reads on: {@code prunella simulate … | head}. */
final class Pipe extends OutputStream {
    private final OutputStream target;

    Pipe(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int b) {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    @Override
    public void flush() {
        try {
            target.flush();
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    /** Nobody reads any more (or the disk that the output goes to is full). */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(IOException cause) {
            super(cause);
        }

        /** Whether it is the reader who left; all else is worth a message. */
        boolean readerLeft() {
            Throwable cause = getCause();
            String message = cause == null ? null : cause.getMessage();
            return message != null && message.contains("Broken pipe");
        }
    }
}
