package io.prunella.cli;

import io.prunella.control.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at each part of the environment that Prunella may need; looking changes nothing. */
final class Doctor {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Settings settings;
    private final Set<String> drivers;
    private final Map<String, String> environment;

    /** Takes the names of the drivers that the packs in force use. */
    Doctor(Settings settings, Set<String> drivers, Map<String, String> environment) {
        this.settings = settings;
        this.drivers = Set.copyOf(drivers);
        this.environment = Map.copyOf(environment);
    }

    List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(journal());
        findings.add(program("ansible-runner", "ansible-runner", "python3-ansible-runner"));
        findings.add(program("ansible", "ansible-playbook", "ansible-core"));
        findings.addAll(redis());
        findings.addAll(etcd());
        findings.add(namespaces());
        findings.add(bubblewrap());
        return findings;
    }

    private static Finding java() {
        Runtime.Version version = Runtime.version();
        String text = version + " in " + System.getProperty("java.home");
        return version.feature() >= 25
                ? Finding.ok("java", text)
                : Finding.bad("java", true, text, "install JDK 25, or set PRUNELLA_JAVA_HOME to one");
    }

    private Finding journal() {
        Path file = Path.of(settings.journal()).toAbsolutePath().normalize();
        Path folder = file.getParent() == null ? file : file.getParent();
        if (!Files.isDirectory(folder)) {
            return Finding.bad("journal", true, "there is no folder " + folder + " for " + settings.journal(),
                    "mkdir -p " + folder);
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder) || !Files.isWritable(folder)) {
            return Finding.bad("journal", true, "cannot write to " + folder,
                    "run as a user who may, or set `journal` in prunella.yaml to another place");
        }
        return Finding.ok("journal", (Files.exists(file) ? "" : "will be made: ") + file);
    }

    private Finding program(String part, String program, String debianPackage) {
        boolean wanted = drivers.contains("ansible");
        Optional<Path> place = Tool.find(program, environment);
        if (place.isEmpty()) {
            return Finding.bad(part, wanted, "`" + program + "` is nowhere on the PATH" + why(wanted),
                    "apt-get install " + debianPackage);
        }
        Tool.Answer answer = Tool.ask(List.of(place.get().toString(), "--version"));
        return answer.good()
                ? Finding.ok(part, answer.firstLine() + " in " + place.get())
                : Finding.bad(part, wanted, place.get() + " does not run: " + answer.firstLine(),
                        "apt-get install --reinstall " + debianPackage);
    }

    private String why(boolean wanted) {
        return wanted ? ", and packs in " + settings.packs() + " use it" : "";
    }

    private List<Finding> redis() {
        if (settings.locks().redis().isEmpty()) {
            return List.of(Finding.off("redis", "not configured (`locks.redis`): claims are held in this process"));
        }
        return settings.locks().redis().stream().map(Doctor::redis).toList();
    }

    private static Finding redis(String address) {
        String bare = address.replaceFirst("^rediss?://", "");
        int colon = bare.lastIndexOf(':');
        String part = "redis " + address;
        String cure = "start it there, or correct `locks.redis`; Debian's package is redis-server";
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(bare.substring(0, colon), Integer.parseInt(bare.substring(colon + 1))),
                    (int) PATIENCE.toMillis());
            if (address.startsWith("rediss://")) {
                return Finding.ok(part, "takes connections (TLS, not looked into)");
            }
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readNBytes(5), StandardCharsets.US_ASCII);
            return answer.equals("+PONG") || answer.startsWith("-NOAU")
                    ? Finding.ok(part, "answers")
                    : Finding.bad(part, true, "something else answers there: " + printable(answer), cure);
        } catch (IOException e) {
            return Finding.bad(part, true, "no answer: " + e.getMessage(), cure);
        }
    }

    private static String printable(String text) {
        return "`" + text.replaceAll("\\p{Cntrl}", "?") + "`";
    }

    private List<Finding> etcd() {
        if (settings.locks().etcd().isEmpty()) {
            return List.of(Finding.off("etcd", "not configured (`locks.etcd`): claims carry no fencing token of etcd"));
        }
        List<Finding> findings = new ArrayList<>();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (String address : settings.locks().etcd()) {
                findings.add(etcd(client, address));
            }
        }
        return findings;
    }

    private static Finding etcd(HttpClient client, String address) {
        String part = "etcd " + address;
        String cure = "start it there, or correct `locks.etcd`; Debian's package is etcd-server";
        try {
            HttpRequest request = HttpRequest.newBuilder(new URI(address + "/health")).timeout(PATIENCE).build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Finding.ok(part, "healthy")
                    : Finding.bad(part, true, "answers HTTP " + answer.statusCode() + " at /health", cure);
        } catch (IOException e) {
            return Finding.bad(part, true, "no answer" + (e.getMessage() == null ? "" : ": " + e.getMessage()), cure);
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Finding.bad(part, true, "no address of the form http://host:port", "correct `locks.etcd`");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.bad(part, true, "interrupted", "");
        }
    }

    private Finding namespaces() {
        Optional<Path> unshare = Tool.find("unshare", environment);
        if (unshare.isEmpty()) {
            return Finding.bad("namespaces", false, "`unshare` is nowhere on the PATH", "apt-get install util-linux");
        }
        Tool.Answer answer = Tool.ask(List.of(unshare.get().toString(), "--user", "--map-root-user", "--pid", "--fork",
                "--mount", "--net", "--ipc", "--uts", "true"));
        if (!answer.good()) {
            answer = Tool.ask(List.of(unshare.get().toString(), "--pid", "--fork", "--mount", "--net", "--ipc",
                    "--uts", "true"));
        }
        return answer.good()
                ? Finding.ok("namespaces", "pid, mount, net, ipc and uts can be had")
                : Finding.bad("namespaces", false, "refused: " + answer.firstLine(),
                        "sysctl -w kernel.unprivileged_userns_clone=1, or run as root");
    }

    private Finding bubblewrap() {
        Optional<Path> bwrap = Tool.find("bwrap", environment);
        if (bwrap.isEmpty()) {
            return Finding.bad("bubblewrap", false, "`bwrap` is nowhere on the PATH", "apt-get install bubblewrap");
        }
        Tool.Answer answer = Tool.ask(List.of(bwrap.get().toString(), "--unshare-all", "--ro-bind", "/", "/", "true"));
        return answer.good()
                ? Finding.ok("bubblewrap", "runs")
                : Finding.bad("bubblewrap", false, "does not run: " + answer.firstLine(),
                        "allow user namespaces (sysctl -w kernel.unprivileged_userns_clone=1), or run as root");
    }
}
