package io.prunella.executor.lock;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The configuration under {@code locks}: empty means the in-process lock; with etcd, claims hold across instances.
 *
 * @param redis addresses of independent Redis servers for the fast door, {@code redis://[user:password@]host:port} or
 *     {@code rediss://}; more than half of them must agree
 * @param etcd end points of one etcd cluster, {@code http://host:port}
 * @param degrade what happens when etcd does not answer
 * @param instances how many instances share the targets; only the value 1 allows to go on without the door's quorum
 * @param doorTtl after which a door that is not extended opens by itself; extended every third of it
 * @param doorRetries how often a contended door is tried again
 * @param doorTimeout of one call to one Redis
 * @param leaseTtl after which a claim that is not renewed ends, whole seconds; renewed every third of it
 * @param etcdTimeout of one call to etcd
 */
public record LockSettings(List<String> redis, List<String> etcd, Degrade degrade, int instances, Duration doorTtl,
        int doorRetries, Duration doorTimeout, Duration leaseTtl, Duration etcdTimeout) {

    /** {@code locks.degrade}: whether the local lock may stand in for an etcd that does not answer. */
    public enum Degrade {
        /** Only while the door's quorum is held, or with one instance, and never for a destructive action. */
        LOCAL,
        /** Never: without etcd no claim. */
        REFUSE
    }

    public LockSettings {
        redis = List.copyOf(redis);
        etcd = List.copyOf(etcd);
    }

    /** The default, no configuration at all: claims hold in this process. */
    public static LockSettings inProcess() {
        return distributed(List.of(), List.of()).withInstances(1);
    }

    /**
     * With the defaults: degrade to local, several instances, door 15 s and 2 retries, lease 30 s.
     *
     * @param redis URLs, or {@code host:port}
     * @param etcd URLs, or {@code host:port}
     */
    public static LockSettings distributed(List<String> redis, List<String> etcd) {
        return new LockSettings(urls("redis://", redis), urls("http://", etcd), Degrade.LOCAL, 2,
                Duration.ofSeconds(15), 2, Duration.ofMillis(300),
                Duration.ofSeconds(30), Duration.ofSeconds(2));
    }

    private static List<String> urls(String scheme, List<String> addresses) {
        return addresses.stream().map(address -> address.contains("://") ? address : scheme + address).toList();
    }

    public LockSettings withDegrade(Degrade newDegrade) {
        return new LockSettings(redis, etcd, newDegrade, instances, doorTtl, doorRetries, doorTimeout, leaseTtl,
                etcdTimeout);
    }

    public LockSettings withInstances(int newInstances) {
        return new LockSettings(redis, etcd, degrade, newInstances, doorTtl, doorRetries, doorTimeout, leaseTtl,
                etcdTimeout);
    }

    public LockSettings withTtls(Duration newDoorTtl, Duration newLeaseTtl) {
        return new LockSettings(redis, etcd, degrade, instances, newDoorTtl, doorRetries, doorTimeout, newLeaseTtl,
                etcdTimeout);
    }

    /** All that is wrong with these settings, in the user's terms; empty if they can be opened. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        addresses("locks.redis", redis, List.of("redis", "rediss"), problems);
        addresses("locks.etcd", etcd, List.of("http"), problems);
        if (!redis.isEmpty() && (redis.size() < 3 || redis.size() % 2 == 0)) {
            problems.add("`locks.redis` names " + redis.size() + " servers, it takes an odd number of at least 3");
        }
        if (!redis.isEmpty() && etcd.isEmpty()) {
            problems.add("`locks.redis` is set without `locks.etcd`, but only an etcd lease holds a claim");
        }
        if (instances < 1) {
            problems.add("`locks.instances` is " + instances + ", the least is 1");
        }
        if (instances > 1 && etcd.isEmpty()) {
            problems.add("`locks.instances` is " + instances + ", but without `locks.etcd` claims hold in one process");
        }
        if (doorRetries < 0) {
            problems.add("`locks.door_retries` is negative");
        }
        if (leaseTtl.getSeconds() < 2 || leaseTtl.getNano() != 0) {
            problems.add("`locks.lease_ttl` takes whole seconds, at least 2");
        }
        if (!doorTimeout.isPositive() || doorTtl.compareTo(doorTimeout.multipliedBy(3)) < 0) {
            problems.add("`locks.door_ttl` must be at least three times `locks.door_timeout`");
        }
        if (!etcdTimeout.isPositive() || leaseTtl.compareTo(etcdTimeout) < 0) {
            problems.add("`locks.etcd_timeout` must be positive and not longer than `locks.lease_ttl`");
        }
        return List.copyOf(problems);
    }

    private static void addresses(String key, List<String> given, List<String> schemes, List<String> problems) {
        var seen = new HashSet<String>();
        for (String address : given) {
            var reason = unusable(address, schemes);
            if (!reason.isEmpty()) {
                problems.add("`" + key + "` holds an address that " + reason + ": `" + withoutPassword(address) + "`");
            } else if (!seen.add(address)) {
                problems.add("`" + key + "` names `" + withoutPassword(address) + "` twice");
            }
        }
    }

    private static String unusable(String address, List<String> schemes) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException _) {
            return "is no URL";
        }
        if (!schemes.contains(uri.getScheme())) {
            return "does not begin with `" + String.join("://` or `", schemes) + "://`";
        }
        return uri.getHost() == null || uri.getPort() < 0 ? "lacks host or port" : "";
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return "LockSettings[redis=" + redis.stream().map(LockSettings::withoutPassword).toList() + ", etcd=" + etcd
                + ", degrade=" + degrade + ", instances=" + instances + ", doorTtl=" + doorTtl + ", leaseTtl="
                + leaseTtl
                + "]";
    }

    /** An address as it may be shown: secrets never are. */
    static String withoutPassword(String address) {
        int at = address.lastIndexOf('@');
        int scheme = address.indexOf("://");
        return at < 0 ? address : (scheme < 0 ? "" : address.substring(0, scheme + 3)) + address.substring(at + 1);
    }
}
