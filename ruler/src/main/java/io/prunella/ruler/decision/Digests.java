package io.prunella.ruler.decision;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over texts, each followed by a zero byte so that none runs into the next. */
final class Digests {
    /** Cloned for each text: asking the JVM for one takes as long as computing it. */
    private static final MessageDigest FRESH = fresh();

    private Digests() {}

    static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    static String hex(String... parts) {
        try {
            MessageDigest digest = (MessageDigest) FRESH.clone();
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JVM's own SHA-256 can be cloned", e);
        }
    }
}
