package io.prunella.executor.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;

/**
 * One of the independent Redis servers, with a client of its own that connects when first asked. Thread-safe.
 */
final class RedisNode implements AutoCloseable {
    // The first call also loads classes and connects; it must not take a slow start for a dead server.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final String address;
    private final RedissonClient client;
    private final Callers callers;

    RedisNode(String address, Duration timeout, Callers callers) {
        this.address = LockSettings.withoutPassword(address);
        this.callers = callers;
        int millis = Math.toIntExact(timeout.toMillis());
        var config = new Config().setLazyInitialization(true).setThreads(2).setNettyThreads(2);
        // No retries inside: the quorum decides what a silent node means.
        config.useSingleServer().setAddress(plain(address)).setTimeout(millis).setConnectTimeout(millis)
                .setRetryAttempts(0).setRetryDelay(new ConstantDelay(Duration.ofMillis(50)))
                .setConnectionMinimumIdleSize(1).setConnectionPoolSize(8).setSubscriptionConnectionMinimumIdleSize(0)
                .setSubscriptionConnectionPoolSize(1);
        var user = URI.create(address).getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            if (colon > 0) {
                config.setUsername(user.substring(0, colon));
            }
            config.setPassword(user.substring(colon + 1));
        }
        this.client = Redisson.create(config);
    }

    private static String plain(String address) {
        var uri = URI.create(address);
        return uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort();
    }

    String address() {
        return address;
    }

    /** Runs a script; fails if it did not answer in time, in which case it may have run or may still run. */
    CompletableFuture<String> run(String script, List<String> keys, List<String> arguments, Duration timeout) {
        return callers.call(client, c -> c.getScript(StringCodec.INSTANCE).<String>evalAsync(RScript.Mode.READ_WRITE,
                script, RScript.ReturnType.STRING, List.<Object>copyOf(keys), arguments.toArray()), timeout);
    }

    /** Connects if need be and asks for a sign of life. */
    CompletableFuture<NodeAnswer> ping() {
        return run("return 'PONG'", List.of(), List.of(), CONNECT_TIMEOUT)
                .thenApply(pong -> new NodeAnswer("redis", address, true, pong))
                .exceptionally(e -> new NodeAnswer("redis", address, false, Causes.of(e)));
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    static String script(String name) {
        try (var in = RedisNode.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
