package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * What is looked at in a runtime.
 *
 * @param address where it is
 * @param known the runtime, for who may ask it
 */
record RuntimeChecks(URI address, Supplier<RuntimeClient> known, Terminal terminal) {

    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final Duration OFF = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofDays(30);
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    List<Finding> all(boolean instances) {
        List<Finding> all = new ArrayList<>();
        if (address.getScheme().toLowerCase(Locale.ROOT).equals("https")) {
            all.add(certificate());
        }
        HttpResponse<String> ready;
        try {
            ready = new RuntimeClient(address, null).look("/actuator/health/readiness", AT_MOST);
        } catch (Refused refused) {
            all.add(
                    Finding.fail(
                            "runtime",
                            listens()
                                    ? "something listens at " + address + ", and it does not answer as a runtime does"
                                    : "none answers at " + address,
                            "start one with 'patchbay', name another with --url, or look at this machine alone with --offline"));
            return all;
        }
        all.add(
                ready.statusCode() == 200
                        ? Finding.ok("runtime", "ready at " + address)
                        : Finding.fail(
                                "runtime",
                                "not ready: it answers " + ready.statusCode(),
                                "its log and the parts below say why"));
        ready.headers().firstValue("Date").ifPresent(date -> clock(date, all));
        try {
            RuntimeClient runtime = known.get();
            parts(runtime, all);
            quarantined(runtime, all);
            if (instances) {
                instances(runtime, all);
            }
        } catch (Refused refused) {
            all.add(Finding.fail(
                    "key",
                    String.valueOf(refused.getMessage()).lines().findFirst().orElse(""),
                    "put a key or the administrator's token into " + Terminal.KEY + " or " + Terminal.TOKEN));
        }
        return all;
    }

    private int port() {
        boolean secure = address.getScheme().toLowerCase(Locale.ROOT).equals("https");
        return address.getPort() > 0 ? address.getPort() : secure ? HTTPS : HTTP;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port()), (int) OFF.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void clock(String date, List<Finding> all) {
        try {
            Instant there = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            Duration off = Duration.between(there, terminal.clock().instant()).abs();
            all.add(
                    off.compareTo(OFF) > 0
                            ? Finding.warn(
                                    "clock",
                                    "the clocks of this machine and of the runtime are " + off.toSeconds() + " s apart",
                                    "set both by a time server (NTP): schedules and signatures hang on them")
                            : Finding.ok("clock", "as that of this machine"));
        } catch (DateTimeException e) {
            // what answers says no time that can be read
        }
    }

    /** What the runtime says of its parts: the database, the queue, the files. */
    private static void parts(RuntimeClient runtime, List<Finding> all) {
        HttpResponse<String> answer = runtime.look("/actuator/health", AT_MOST);
        JsonNode health;
        try {
            health = io.patchbay.payload.Json.MAPPER.readTree(answer.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            health = Json.object();
        }
        if (!health.path("components").isObject()) {
            all.add(Finding.warn("parts", "the runtime does not tell them", "use a key whose role may see health"));
            return;
        }
        for (Map.Entry<String, JsonNode> part : health.path("components").properties()) {
            String status = part.getValue().path("status").asText();
            String check = "part " + part.getKey();
            if (status.equals("UP")) {
                all.add(Finding.ok(check, "up"));
            } else if (status.equals("UNKNOWN")) {
                all.add(Finding.warn(check, "unknown", "GET /actuator/health tells more"));
            } else {
                all.add(Finding.fail(check, status.toLowerCase(Locale.ROOT), "GET /actuator/health tells more"));
            }
        }
        JsonNode problems = runtime.get("/api/v1/problems").path("data");
        long errors = 0;
        for (JsonNode one : problems) {
            errors += one.path("severity").asText().equals("error") ? 1 : 0;
        }
        all.add(
                errors > 0
                        ? Finding.fail("deployed files", errors + " with errors", "'patchbay check' tells them")
                        : Finding.ok("deployed files", "no errors"));
    }

    private static void quarantined(RuntimeClient runtime, List<Finding> all) {
        boolean any = !runtime.get("/api/v1/starts?state=quarantined&limit=1")
                .path("data")
                .isEmpty();
        all.add(
                any
                        ? Finding.warn(
                                "queue",
                                "starts were put aside, because the program ended while they ran",
                                "'patchbay queue list --state quarantined', then 'queue release' or 'queue discard'")
                        : Finding.ok("queue", "no start was put aside"));
    }

    private static void instances(RuntimeClient runtime, List<Finding> all) {
        String path = "/api/v1/instances?limit=500";
        JsonNode list = runtime.get(path).path("data");
        if (list.isEmpty()) {
            all.add(Finding.ok("instances", "there are none"));
        }
        for (JsonNode one : list) {
            String name = one.path("name").asText();
            try {
                JsonNode check = runtime.post("/api/v1/instances/" + RuntimeClient.encoded(name) + "/check");
                String status = check.path("status").asText();
                String said = status + " (" + check.path("tookMs").asLong() + " ms)";
                if (status.equals("operational")) {
                    all.add(Finding.ok("instance " + name, said));
                } else if (status.equals("unknown")) {
                    all.add(Finding.warn("instance " + name, said, "its connector can say how it is checked: 'check'"));
                } else {
                    all.add(Finding.fail(
                            "instance " + name, said, check.path("sentence").asText("")));
                }
            } catch (Refused refused) {
                all.add(Finding.fail(
                        "instance " + name,
                        String.valueOf(refused.getMessage()).lines().findFirst().orElse(""),
                        "'patchbay connector check " + name + "' tells more"));
            }
        }
    }

    private Finding certificate() {
        try (SSLSocket socket =
                (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port()), (int) AT_MOST.toMillis());
            socket.setSoTimeout((int) AT_MOST.toMillis());
            socket.startHandshake();
            Certificate[] chain = socket.getSession().getPeerCertificates();
            Instant ends = chain.length > 0 && chain[0] instanceof X509Certificate own
                    ? own.getNotAfter().toInstant()
                    : Instant.MAX;
            boolean soon = ends.isBefore(terminal.clock().instant().plus(SOON));
            return soon
                    ? Finding.warn("certificate", "ends at " + ends, "renew it before that")
                    : Finding.ok("certificate", "holds until " + ends);
        } catch (IOException | GeneralSecurityException e) {
            return Finding.fail(
                    "certificate",
                    "no connection that is to be trusted: " + String.valueOf(e.getMessage()),
                    "renew it if it ended; give a certificate of your own to -Djavax.net.ssl.trustStore");
        }
    }
}
