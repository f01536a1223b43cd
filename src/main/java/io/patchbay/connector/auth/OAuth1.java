package io.patchbay.connector.auth;

import io.patchbay.connector.Percent;
import io.patchbay.connector.auth.Outgoing.Field;
import io.patchbay.connector.definition.OAuth1Config.SignatureMethod;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A signature over method, address, query and form fields in the Authorization header (RFC 5849). Own code, because no kept
 * library signs without bringing its own HTTP client.
 */
final class OAuth1 implements Authorizer {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Keys keys;
    private final Clock clock;
    private final Nonce nonce;

    /** What it signs with. It prints without secrets. */
    record Keys(
            String consumerKey,
            String consumerSecret,
            @Nullable String token,
            @Nullable String tokenSecret,
            @Nullable String realm,
            SignatureMethod method) {

        /** RFC 5849 section 3.4.2: both secrets encoded and joined, though one may be empty. */
        byte[] signingKey() {
            String second = tokenSecret == null ? "" : tokenSecret;
            return Hashes.utf8(Percent.encoded(consumerSecret) + "&" + Percent.encoded(second));
        }

        @Override
        public String toString() {
            return "OAuth 1 keys of " + consumerKey;
        }
    }

    OAuth1(Keys keys, Clock clock, Nonce nonce) {
        this.keys = keys;
        this.clock = clock;
        this.nonce = nonce;
    }

    @Override
    public Proof proof(Outgoing request) throws StepException {
        boolean sha1 = keys.method() == SignatureMethod.HMAC_SHA1;
        List<Field> protocol = new ArrayList<>();
        protocol.add(new Field("oauth_consumer_key", keys.consumerKey()));
        protocol.add(new Field("oauth_nonce", nonce.next()));
        protocol.add(new Field("oauth_signature_method", sha1 ? "HMAC-SHA1" : "HMAC-SHA256"));
        protocol.add(new Field("oauth_timestamp", Long.toString(clock.instant().getEpochSecond())));
        if (keys.token() != null) {
            protocol.add(new Field("oauth_token", keys.token()));
        }
        protocol.add(new Field("oauth_version", "1.0"));
        protocol.add(new Field("oauth_signature", signature(baseString(request, protocol))));
        String header = protocol.stream()
                .map(field -> field.name() + "=\"" + Percent.encoded(field.value()) + "\"")
                .collect(Collectors.joining(", "));
        // RFC 5849 section 3.5.1: the realm is a quoted string as in RFC 9110 and no part of the signature
        String realm = keys.realm() == null
                ? ""
                : "realm=\"" + keys.realm().replace("\\", "\\\\").replace("\"", "\\\"") + "\", ";
        return Proof.header("Authorization", "OAuth " + realm + header);
    }

    @Override
    public boolean signs() {
        return true;
    }

    @Override
    public boolean refused(Proof proof, AnswerHeaders answer) {
        return false;
    }

    /** RFC 5849 section 3.4.2. */
    String signature(String baseString) {
        String algorithm = keys.method() == SignatureMethod.HMAC_SHA1 ? "HmacSHA1" : "HmacSHA256";
        return Base64.getEncoder().encodeToString(Hashes.hmac(algorithm, keys.signingKey(), Hashes.utf8(baseString)));
    }

    /** RFC 5849 section 3.4.1. */
    static String baseString(Outgoing request, List<Field> protocol) throws StepException {
        return request.method().toUpperCase(Locale.ROOT) + "&" + Percent.encoded(address(request)) + "&"
                + Percent.encoded(parameters(request, protocol));
    }

    /** RFC 5849 section 3.4.1.2. */
    private static String address(Outgoing request) {
        URI uri = request.uri();
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + request.host().toLowerCase(Locale.ROOT)
                + request.path();
    }

    /** RFC 5849 sections 3.4.1.3.1 and 3.4.1.3.2: encoded first, then sorted by name and value. */
    private static String parameters(Outgoing request, List<Field> protocol) throws StepException {
        List<Field> all = new ArrayList<>(protocol);
        all.addAll(request.query());
        String type = request.header("Content-Type");
        if (type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(FORM)) {
            all.addAll(Outgoing.fields(new String(request.body().all(), StandardCharsets.UTF_8), true));
        }
        return all.stream()
                .map(field -> new Field(Percent.encoded(field.name()), Percent.encoded(field.value())))
                .sorted(Comparator.comparing(Field::name).thenComparing(Field::value))
                .map(field -> field.name() + "=" + field.value())
                .collect(Collectors.joining("&"));
    }
}
