package io.patchbay.connector.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.definition.ContractConfig;
import io.patchbay.connector.definition.ContractConfig.AlertOn;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Says what of an answer is otherwise than it was. What an answer does not tell stays as it was seen before. */
final class Judgement {

    private static final int NAMED = 3;
    private static final int LONGEST = 600;

    private final Endpoint endpoint;
    private final ContractConfig config;
    private final UnaryOperator<String> redacted;
    private final Instant now;

    private @Nullable Fields fields;
    private @Nullable Integer statusClass;
    private final List<Finding> findings = new ArrayList<>();

    private Judgement(Endpoint endpoint, ContractConfig config, UnaryOperator<String> redacted, Instant now) {
        this.endpoint = endpoint;
        this.config = config;
        this.redacted = redacted;
        this.now = now;
    }

    /**
     * An answer, or what came in its place.
     *
     * @param requests that were made, the endpoint's own last
     * @param answer its first page, or null
     * @param failure why there is none, or null
     */
    record Answer(
            List<RequestLog> requests,
            @Nullable Payload answer,
            @Nullable StepException failure) {}

    /** What is to be kept after an answer. */
    static Kept of(
            Kept before,
            Answer answer,
            Endpoint endpoint,
            ContractConfig config,
            UnaryOperator<String> redacted,
            Instant now) {
        return new Judgement(endpoint, config, redacted, now).judge(before, answer);
    }

    private Kept judge(Kept before, Answer answer) {
        fields = before.fields();
        statusClass = before.statusClass();
        RequestLog last = answer.requests().stream()
                .filter(request -> request.endpoint().equals(endpoint.id()) && request.status() > 0)
                .reduce((first, second) -> second)
                .orElse(null);
        for (AlertOn kind : new TreeSet<>(config.alertOn())) {
            Finding known = before.findings().stream()
                    .filter(one -> one.kind() == kind)
                    .findFirst()
                    .orElse(null);
            String sentence = switch (kind) {
                case STATUS_CHANGE -> last == null ? null : status(last.status());
                case DEPRECATION_HEADER -> last == null ? null : deprecation(last);
                case SCHEMA_DRIFT -> drift(answer);
            };
            if (sentence == null && known != null) {
                findings.add(known);
            } else if (sentence != null && !sentence.isEmpty()) {
                boolean same = known != null && known.sentence().equals(sentence);
                findings.add(same ? known : new Finding(kind, sentence, now));
            }
        }
        StepException failure = answer.failure();
        String problem = failure == null || failure.code().equals("SCHEMA_DRIFT")
                ? null
                : cut(redacted.apply(String.valueOf(failure.getMessage())));
        return new Kept(before.instance(), before.definition(), fields, statusClass, findings, now, problem);
    }

    /** Empty when it is as it was; the usual class is that of the first good answer. */
    private String status(int status) {
        int now = status / 100;
        if (statusClass == null) {
            statusClass = now == 2 ? now : null;
            return "";
        }
        return now == statusClass
                ? ""
                : "'" + endpoint.id() + "' answers " + status + ", and answered " + statusClass + "xx before";
    }

    private String deprecation(RequestLog last) {
        String deprecated = header(last.responseHeaders(), "Deprecation");
        String sunset = header(last.responseHeaders(), "Sunset");
        if (deprecated == null && sunset == null) {
            return "";
        }
        LocalDate since = deprecated == null ? null : since(deprecated);
        LocalDate until = sunset == null ? null : date(sunset);
        return "the system says that '" + endpoint.id() + "' "
                + (deprecated == null ? "" : since == null ? "is deprecated" : "is deprecated from " + since)
                + (deprecated == null || sunset == null ? "" : " and ")
                + (sunset == null ? "" : until == null ? "will be gone" : "will be gone on " + until);
    }

    /** A date of RFC 9745: seconds behind @; drafts of it had a date as HTTP has them. */
    private static @Nullable LocalDate since(String text) {
        if (text.matches("@-?[0-9]{1,11}")) {
            return LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(text.substring(1))), ZoneOffset.UTC);
        }
        return date(text);
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            return null; // it says that, if not when
        }
    }

    private static @Nullable String header(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Null when no record came that tells. */
    private @Nullable String drift(Answer answer) {
        StepException failure = answer.failure();
        if (failure != null) {
            return failure.code().equals("SCHEMA_DRIFT")
                    ? cut(redacted.apply(String.valueOf(failure.getMessage())))
                    : null;
        }
        List<JsonNode> records = records(answer.answer());
        if (records.isEmpty()) {
            return null;
        }
        PayloadSchema schema = endpoint.schemas().response();
        return schema == null ? fields(records) : violations(schema, records);
    }

    private static List<JsonNode> records(@Nullable Payload page) {
        try {
            return page == null || !(page.body() instanceof Body.Tree) ? List.of() : page.records();
        } catch (StepException e) {
            return List.of(); // what cannot be read has no fields
        }
    }

    private String fields(List<JsonNode> records) {
        Fields seen = Fields.of(records);
        Fields usual = fields;
        if (usual == null) {
            fields = seen;
            return "";
        }
        List<String> differences = usual.against(seen);
        fields = usual.with(seen);
        return differences.isEmpty()
                ? ""
                : "records of '" + endpoint.id() + "' look otherwise than before: " + named(differences);
    }

    private String violations(PayloadSchema schema, List<JsonNode> records) {
        Set<String> all = new TreeSet<>();
        for (JsonNode record : records) {
            for (Violation violation : schema.violations(record)) {
                // The same in another line or record is the same.
                all.add(violation.plain().replaceAll("\\[[0-9]+]", "[*]"));
            }
        }
        ResponseConfig response = endpoint.config().response();
        return all.isEmpty()
                ? ""
                : "records of '" + endpoint.id() + "' are not as "
                        + (response == null ? "its schema" : response.schema()) + " says: " + named(List.copyOf(all));
    }

    private String named(List<String> all) {
        String first = redacted.apply(String.join("; ", all.subList(0, Math.min(NAMED, all.size()))));
        return cut(first) + (all.size() > NAMED ? "; and " + (all.size() - NAMED) + " more" : "");
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
