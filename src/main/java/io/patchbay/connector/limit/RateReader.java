package io.patchbay.connector.limit;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Place;
import io.patchbay.connector.definition.ObserveConfig;
import io.patchbay.connector.definition.ObserveConfig.Format;
import io.patchbay.connector.definition.ObserveConfig.From;
import io.patchbay.connector.definition.RateHeadersConfig;
import io.patchbay.connector.definition.RateHeadersConfig.ResetFormat;
import io.patchbay.connector.definition.RateLimitConfig;
import io.patchbay.connector.definition.RateLimitConfig.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what answers say of the limit: in headers that are declared or usual, and where else it is declared to stand. */
public final class RateReader {

    /** In vendors' APIs and in the drafts of draft-ietf-httpapi-ratelimit-headers up to 06. */
    private static final List<String> PREFIXES = List.of("RateLimit-", "X-RateLimit-", "X-Rate-Limit-");

    private static final Pattern NUMBER = Pattern.compile("\\s*(\\d{1,15})(?:\\.\\d*)?\\s*(?:[,;].*)?");
    private static final Pattern PAIR =
            Pattern.compile("\\s*(\\d{1,15})(?:\\.\\d*)?\\s*/\\s*(\\d{1,15})(?:\\.\\d*)?\\s*");
    private static final long MOST_POINTS = 1_000_000;

    private final List<RateHeadersConfig> headers;
    private final List<Seen> observed;
    private final Duration period;

    private record Seen(ObserveConfig config, @Nullable Place place) {}

    private RateReader(List<RateHeadersConfig> headers, List<Seen> observed, Duration period) {
        this.headers = headers;
        this.observed = observed;
        this.period = period;
    }

    static RateReader of(List<RateLimitConfig> configs) {
        List<Seen> observed = new ArrayList<>();
        for (RateLimitConfig config : configs) {
            config.observe()
                    .forEach(one ->
                            observed.add(new Seen(one, one.from() == From.BODY ? Place.parse(one.name()) : null)));
        }
        return new RateReader(
                configs.stream()
                        .map(RateLimitConfig::adaptFromHeaders)
                        .filter(Objects::nonNull)
                        .map(RateHeadersConfig.class::cast)
                        .toList(),
                observed,
                configs.stream()
                        .flatMap(config -> config.policies().stream())
                        .map(Policy::period)
                        .filter(Objects::nonNull)
                        .map(Duration.class::cast)
                        .max(Duration::compareTo)
                        .orElse(Duration.ofSeconds(1)));
    }

    /** Whether anything is read. */
    boolean reads() {
        return !headers.isEmpty() || !observed.isEmpty();
    }

    /** How long what remains holds when the answer does not say. */
    Duration period() {
        return period;
    }

    /**
     * Reads an answer.
     *
     * @param header gives a header's value by its name, or null
     * @param body gives the body as a tree, missing when it was not read whole
     * @param now our time; dates are taken against the answer's own {@code Date} where it has one
     * @return null when it says nothing
     */
    public @Nullable RateReport read(Function<String, @Nullable String> header, Supplier<JsonNode> body, Instant now) {
        if (!reads()) {
            return null;
        }
        RateReport best = new RateReport(null, null, null, null);
        for (RateHeadersConfig config : headers) {
            best = tighter(best, headers(config, header, now));
        }
        for (Seen seen : observed) {
            best = observed(best, seen, header, body);
        }
        return best.saysNothing() ? null : best;
    }

    private static RateReport tighter(RateReport one, RateReport other) {
        return one.remaining() == null || (other.remaining() != null && other.remaining() < one.remaining())
                ? other
                : one;
    }

    private static RateReport headers(
            RateHeadersConfig config, Function<String, @Nullable String> header, Instant now) {
        Long remaining = number(header.apply(Objects.requireNonNullElse(config.remaining(), "")));
        String reset = config.reset() == null ? null : header.apply(config.reset());
        String structured = header.apply("RateLimit");
        if (remaining == null && config.remaining() == null && structured != null) {
            Left left = Left.tightest(structured, header.apply("RateLimit-Policy"));
            remaining = left == null ? null : (Long) left.remaining();
            reset = reset != null || left == null || left.seconds() == null ? reset : String.valueOf(left.seconds());
        }
        for (String prefix : PREFIXES) {
            if (remaining == null && config.remaining() == null) {
                remaining = number(header.apply(prefix + "Remaining"));
            }
            if (reset == null && config.reset() == null) {
                reset = header.apply(prefix + "Reset");
            }
        }
        ResetFormat format = config.resetFormat();
        Duration wait = reset == null ? window(header) : Resets.until(reset, format, header.apply("Date"), now);
        return new RateReport(remaining, wait, null, null);
    }

    private static @Nullable Duration window(Function<String, @Nullable String> header) {
        String policy = header.apply("RateLimit-Policy");
        Long window = policy == null ? null : Left.window(policy);
        return window == null ? null : Duration.ofSeconds(window);
    }

    private static RateReport observed(
            RateReport before, Seen seen, Function<String, @Nullable String> header, Supplier<JsonNode> body) {
        Place place = seen.place();
        String text = place == null
                ? header.apply(seen.config().name())
                : place.find(body.get()).asText("");
        Long value = text == null ? null : value(seen.config().format(), text);
        if (value == null) {
            return before;
        }
        return switch (seen.config().format()) {
            case COST -> new RateReport(before.remaining(), before.reset(), points(value), before.requestedCost());
            case REQUESTED_COST -> new RateReport(before.remaining(), before.reset(), before.cost(), points(value));
            default -> tighter(before, new RateReport(value, before.reset(), before.cost(), before.requestedCost()));
        };
    }

    private static int points(long value) {
        return (int) Math.min(value, MOST_POINTS);
    }

    private static @Nullable Long value(Format format, String text) {
        Matcher pair = PAIR.matcher(text);
        if (format == Format.USED_LIMIT || format == Format.REMAINING_LIMIT) {
            if (!pair.matches()) {
                return null;
            }
            long first = Long.parseLong(pair.group(1));
            return format == Format.USED_LIMIT ? Math.max(0, Long.parseLong(pair.group(2)) - first) : (Long) first;
        }
        return number(text);
    }

    private static @Nullable Long number(@Nullable String text) {
        Matcher matcher = text == null ? null : NUMBER.matcher(text);
        return matcher != null && matcher.matches() ? (Long) Long.parseLong(matcher.group(1)) : null;
    }
}
