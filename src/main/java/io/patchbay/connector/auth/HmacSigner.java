package io.patchbay.connector.auth;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.HmacRecipe;
import io.patchbay.connector.Percent;
import io.patchbay.connector.auth.Outgoing.Field;
import io.patchbay.connector.definition.HmacConfig;
import io.patchbay.connector.definition.HmacConfig.Encoding;
import io.patchbay.connector.definition.HmacConfig.KeyEncoding;
import io.patchbay.connector.definition.HmacPart;
import io.patchbay.connector.definition.HmacPart.BodyHashConfig;
import io.patchbay.connector.definition.HmacPart.HmacPartChoice;
import io.patchbay.connector.definition.HmacPart.SortedQueryConfig;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A signature over parts of the request that a recipe names, keyed as in RFC 2104. */
final class HmacSigner {

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final HmacRecipe recipe;
    private final HmacConfig config;
    private final byte[] key;
    private final CallScope scope;
    private final Clock clock;
    private final Nonce nonce;

    /** What belongs to one signature. */
    private record Stamp(String timestamp, String nonce) {}

    HmacSigner(HmacRecipe recipe, CallScope scope, Clock clock, Nonce nonce) throws StepException {
        this.recipe = recipe;
        this.config = recipe.config();
        this.key = key(config.keyEncoding(), recipe.key().text(scope));
        this.scope = scope;
        this.clock = clock;
        this.nonce = nonce;
    }

    static byte[] key(KeyEncoding encoding, String text) throws StepException {
        try {
            return switch (encoding) {
                case TEXT -> Hashes.utf8(text);
                case HEX -> HexFormat.of().parseHex(text);
                case BASE64 -> Base64.getDecoder().decode(text);
            };
        } catch (IllegalArgumentException e) {
            String form = encoding == KeyEncoding.HEX ? "hexadecimal" : "base 64";
            throw new StepException(Owner.AUTHOR, "BAD_KEY", "the key of the signature is not " + form);
        }
    }

    /** What is added to a request: the stamps, and the signature over the request with the stamps in it. */
    Proof proof(Outgoing request) throws StepException {
        Stamp stamp = new Stamp(timestamp(clock.instant()), nonce.next());
        Proof stamps = Proof.NONE;
        var timestamp = config.timestamp();
        if (timestamp != null && timestamp.name() != null) {
            stamps = stamps.and(Injection.in(timestamp.into().part(), timestamp.name(), stamp.timestamp()));
        }
        var once = config.nonce();
        if (once != null && once.name() != null) {
            stamps = stamps.and(Injection.in(once.into().part(), once.name(), stamp.nonce()));
        }
        String signature = written(
                config.encoding(), Hashes.hmac(config.digest().mac(), key, signed(request.with(stamps), stamp)));
        String sent = recipe.format() == null
                ? signature
                : recipe.format()
                        .text(new MoreScope(
                                scope,
                                Map.of(
                                        "signature", Json.NODES.textNode(signature),
                                        "timestamp", Json.NODES.textNode(stamp.timestamp()),
                                        "nonce", Json.NODES.textNode(stamp.nonce()))));
        return stamps.and(Injection.in(
                config.into().into(), Objects.requireNonNull(config.into().name()), sent));
    }

    private String timestamp(Instant now) {
        var timestamp = config.timestamp();
        return switch (timestamp == null ? HmacConfig.TimestampConfig.Format.EPOCH_S : timestamp.format()) {
            case EPOCH_S -> Long.toString(now.getEpochSecond());
            case EPOCH_MS -> Long.toString(now.toEpochMilli());
            case ISO8601 -> now.truncatedTo(ChronoUnit.SECONDS).toString();
            case HTTP_DATE -> HTTP_DATE.format(now.atOffset(ZoneOffset.UTC));
        };
    }

    private byte[] signed(Outgoing request, Stamp stamp) throws StepException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] separator = Hashes.utf8(config.separator());
        boolean first = true;
        for (HmacRecipe.Part part : recipe.parts()) {
            if (!first) {
                bytes.writeBytes(separator);
            }
            first = false;
            bytes.writeBytes(part(part, request, stamp));
        }
        return bytes.toByteArray();
    }

    private byte[] part(HmacRecipe.Part part, Outgoing request, Stamp stamp) throws StepException {
        HmacPart config = part.config();
        if (part.template() != null) {
            return Hashes.utf8(part.template().text(scope));
        }
        if (config.choice() != null) {
            return choice(config.choice(), request);
        }
        return switch (Objects.requireNonNull(config.word())) {
            case METHOD -> Hashes.utf8(request.method().toUpperCase(Locale.ROOT));
            case HOST -> Hashes.utf8(request.host());
            case PATH -> Hashes.utf8(request.path());
            case QUERY -> Hashes.utf8(Objects.requireNonNullElse(request.uri().getRawQuery(), ""));
            case SORTED_QUERY -> Hashes.utf8(sorted(request.query(), SortedQueryConfig.PLAIN));
            case URL -> Hashes.utf8(request.uri().toString());
            case BODY -> request.body().all();
            case TIMESTAMP -> Hashes.utf8(stamp.timestamp());
            case NONCE -> Hashes.utf8(stamp.nonce());
        };
    }

    private static byte[] choice(HmacPartChoice choice, Outgoing request) throws StepException {
        if (choice.sortedQuery() != null) {
            return Hashes.utf8(sorted(request.query(), choice.sortedQuery()));
        }
        BodyHashConfig hash = choice.bodyHash();
        if (hash != null) {
            return Hashes.utf8(written(
                    hash.encoding(),
                    Hashes.digest(hash.digest().digest(), request.body().all())));
        }
        @Nullable String text = choice.header() != null ? request.header(choice.header()) : choice.text();
        return Hashes.utf8(text == null ? "" : text);
    }

    private static String sorted(List<Field> query, SortedQueryConfig config) {
        return query.stream()
                .filter(field -> !config.without().contains(field.name()))
                .sorted(Comparator.comparing(Field::name))
                .map(field -> config.encoded()
                        ? Percent.encoded(field.name()) + config.pair() + Percent.encoded(field.value())
                        : field.name() + config.pair() + field.value())
                .collect(Collectors.joining(config.separator()));
    }

    private static String written(Encoding encoding, byte[] bytes) {
        return switch (encoding) {
            case HEX -> HexFormat.of().formatHex(bytes);
            case HEX_UPPER -> HexFormat.of().withUpperCase().formatHex(bytes);
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
            case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        };
    }
}
