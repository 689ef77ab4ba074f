package io.prunella.executor.lock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Makes remote calls on threads of their own, for clients may connect on the thread that calls them. Thread-safe. */
final class Callers implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Fails if there was no answer in time, in which case the call may have had its effect or may still have it. */
    <C, T> CompletableFuture<T> call(C client, Function<C, ? extends CompletionStage<T>> call, Duration timeout) {
        try {
            return CompletableFuture.completedFuture(client).thenComposeAsync(call, threads)
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new IllegalStateException("the lock service is closed", e));
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
