package io.prunella.control.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Holds the service to this machine as long as it cannot tell who asks. */
final class Loopback {
    private Loopback() {}

    static void require(String address) throws StartFailure {
        try {
            if (!InetAddress.getByName(address).isLoopbackAddress()) {
                throw new StartFailure("`server.address` is `" + address
                        + "`, which other machines reach, and this version does not ask who they are",
                        "set it to `127.0.0.1`, and put a proxy that asks in front if others must reach it");
            }
        } catch (UnknownHostException e) {
            throw new StartFailure("`server.address` is `" + address + "`, which is no address",
                    "set it to `127.0.0.1`");
        }
    }
}
