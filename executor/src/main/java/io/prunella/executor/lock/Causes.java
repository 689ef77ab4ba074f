package io.prunella.executor.lock;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Words for what a remote call failed with. */
final class Causes {

    private Causes() {}

    /** What the innermost cause says; the outer ones only say that there was no connection. */
    static String of(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof TimeoutException) {
            return "no answer in time";
        }
        var message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    }

    /** What failed, without the futures' wrapping. */
    static Throwable root(Throwable failure) {
        var root = failure;
        while ((root instanceof CompletionException || root instanceof ExecutionException) && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
