package io.patchbay.connector.auth;

import io.patchbay.connector.Percent;
import io.patchbay.connector.auth.Outgoing.Field;
import io.patchbay.payload.StepException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Amazon's signature, version 4, in the Authorization header, as the IAM User Guide describes it ("Create a signed AWS API
 * request"). Own code, because Amazon's signer brings its whole client runtime for this one recipe.
 */
final class AwsSigner implements Authorizer {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Keys keys;
    private final Clock clock;

    /** What it signs with and how. It prints without secrets. */
    record Keys(
            String accessKeyId,
            String secretAccessKey,
            @Nullable String sessionToken,
            String region,
            String service,
            boolean doubleEncoding,
            boolean contentHash) {

        @Override
        public String toString() {
            return "AWS keys of " + accessKeyId + " for " + service + " in " + region;
        }
    }

    AwsSigner(Keys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public boolean signs() {
        return true;
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        return false;
    }

    @Override
    public Proof proof(Outgoing request) throws StepException {
        String time = TIME.format(clock.instant());
        String bodyHash = hex(Hashes.digest("SHA-256", request.body().all()));
        Proof added = Proof.header("X-Amz-Date", time);
        if (keys.contentHash()) {
            added = added.and(Proof.header("X-Amz-Content-Sha256", bodyHash));
        }
        if (keys.sessionToken() != null) {
            added = added.and(Proof.header("X-Amz-Security-Token", keys.sessionToken()));
        }
        Map<String, String> headers = headers(request.with(added));
        String signed = String.join(";", headers.keySet());
        String canonical = String.join(
                "\n",
                request.method().toUpperCase(Locale.ROOT),
                path(request),
                query(request.query()),
                headers.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining()),
                signed,
                bodyHash);
        String scope = time.substring(0, 8) + "/" + keys.region() + "/" + keys.service() + "/aws4_request";
        String toSign =
                String.join("\n", ALGORITHM, time, scope, hex(Hashes.digest("SHA-256", Hashes.utf8(canonical))));
        return added.and(Proof.header(
                "Authorization",
                ALGORITHM + " Credential=" + keys.accessKeyId() + "/" + scope + ", SignedHeaders=" + signed
                        + ", Signature=" + hex(mac(key(time.substring(0, 8)), toSign))));
    }

    private byte[] key(String day) {
        byte[] key = mac(Hashes.utf8("AWS4" + keys.secretAccessKey()), day);
        return mac(mac(mac(key, keys.region()), keys.service()), "aws4_request");
    }

    private static byte[] mac(byte[] key, String text) {
        return Hashes.hmac("HmacSHA256", key, Hashes.utf8(text));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Names in lower case and sorted, values with single blanks; several of one name are joined. */
    private static Map<String, String> headers(Outgoing request) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("host", request.host());
        for (Field header : request.headers()) {
            headers.merge(
                    header.name().toLowerCase(Locale.ROOT),
                    header.value().strip().replaceAll(" +", " "),
                    (one, other) -> one + "," + other);
        }
        return headers;
    }

    /** As it is sent; every service but S3 wants it encoded once more. */
    private String path(Outgoing request) {
        String path = keys.doubleEncoding() ? request.path() : Percent.decoded(request.path(), false);
        return Percent.encoded(path).replace("%2F", "/");
    }

    private static String query(List<Field> query) {
        return query.stream()
                .map(field -> new Field(Percent.encoded(field.name()), Percent.encoded(field.value())))
                .sorted(Comparator.comparing(Field::name).thenComparing(Field::value))
                .map(field -> field.name() + "=" + field.value())
                .collect(Collectors.joining("&"));
    }
}
