package io.prunella.ruler.recording;

import java.util.concurrent.Executor;

/**
 * How far a recording's text is parsed ahead of what is judged: parsing is nearly all of the work, and its shards may
 * run at once. What comes out is the same whatever their number.
 *
 * @param executor runs the parsing of one page of text; it need not keep any order
 * @param shards how many pages may be parsed at once, at least 1
 */
public record ReadAhead(Executor executor, int shards) {
    /** Each page is parsed by the caller when it is needed. */
    public static final ReadAhead NONE = new ReadAhead(Runnable::run, 1);

    public ReadAhead {
        if (shards < 1) {
            throw new IllegalArgumentException("at least one shard: " + shards);
        }
    }
}
