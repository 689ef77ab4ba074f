package io.prunella.compiler.pack;

/** What became of reading a path. */
public sealed interface PackRead {

    /** It is a pack; what is wrong with its folder stands in {@link PackSource#problems}. */
    record Found(PackSource source) implements PackRead {}

    /**
     * It cannot be read at all: bad usage, not a bad pack.
     *
     * @param reason one sentence without a final stop, e.g. {@code no such file or folder}
     */
    record Unreadable(String path, String reason) implements PackRead {}
}
