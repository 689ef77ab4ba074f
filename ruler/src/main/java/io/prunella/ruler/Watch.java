package io.prunella.ruler;

/** A condition being watched for a heal; ends by its verdict or by being cancelled. */
public interface Watch {

    /** No verdict will come; nothing happens when one came already. */
    void cancel();
}
