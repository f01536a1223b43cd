package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.patchbay.connector.definition.CircuitBreakerConfig;
import io.patchbay.connector.definition.ErrorHandlerConfig.Action;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.definition.ErrorHandlerConfig.FailureType;
import io.patchbay.expression.Condition;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What answers mean: the first rule that matches decides, and where none does the status.
 *
 * @param rules in order
 * @param backoff waits between tries
 * @param breaker when the system is left alone, or null for never
 */
public record ErrorRules(
        List<Rule> rules, Backoff backoff, @Nullable CircuitBreakerConfig breaker) {

    public ErrorRules {
        rules = List.copyOf(rules);
    }

    /**
     * What an instance says besides its connector.
     *
     * @param rules asked before the connector's
     * @param backoff in place of the connector's, or null
     * @param breaker in place of the connector's, or null
     */
    public record Own(
            List<Rule> rules,
            @Nullable Backoff backoff,
            @Nullable CircuitBreakerConfig breaker) {

        public Own {
            rules = List.copyOf(rules);
        }

        /** These before those of the connector. */
        ErrorRules before(ErrorRules connectors) {
            return new ErrorRules(
                    Stream.concat(rules.stream(), connectors.rules.stream()).toList(),
                    backoff == null ? connectors.backoff : backoff,
                    breaker == null ? connectors.breaker : breaker);
        }
    }

    /** One rule, compiled. */
    public record Rule(
            Set<Integer> status,
            Map<String, Pattern> headers,
            @Nullable Place bodyPath,
            @Nullable Pattern bodyRegex,
            @Nullable Condition predicate,
            Verdict verdict) {
        public Rule {
            status = Set.copyOf(status);
            headers = Map.copyOf(headers);
        }

        /** Whether it looks at nothing but the status, so that it says nothing of why. */
        boolean bySight() {
            return headers.isEmpty() && bodyPath == null && bodyRegex == null && predicate == null;
        }

        boolean fitsHead(int code, Answered answer) {
            if (!status.isEmpty() && !status.contains(code)) {
                return false;
            }
            for (Map.Entry<String, Pattern> header : headers.entrySet()) {
                String value = answer.header(header.getKey());
                if (value == null || !header.getValue().matcher(value).find()) {
                    return false;
                }
            }
            return true;
        }

        boolean fitsBody(Answered answer) {
            return (predicate == null || holds(predicate, answer.tree())) && fitsPlace(answer);
        }

        /** A condition that does not fit the data does not hold. */
        private static boolean holds(Condition predicate, JsonNode tree) {
            try {
                return predicate.test(tree, PartialResult.about(tree));
            } catch (ExpressionException e) {
                return false;
            }
        }

        private boolean fitsPlace(Answered answer) {
            if (bodyPath == null) {
                return bodyRegex == null || bodyRegex.matcher(answer.text()).find();
            }
            JsonNode found = bodyPath.find(answer.tree());
            boolean there = !Values.absent(found) && !(found.isContainerNode() && found.isEmpty());
            return there
                    && (bodyRegex == null
                            || bodyRegex.matcher(Values.text(found)).find());
        }
    }

    /**
     * What an answer means.
     *
     * @param action what is done
     * @param type whose matter it is, or null
     * @param message a sentence of the connector's author, or null
     * @param byRule whether a rule of the connector says so, and not the status alone
     */
    public record Verdict(
            Action action,
            @Nullable FailureType type,
            @Nullable String message,
            boolean byRule) {

        private Verdict(Action action, @Nullable FailureType type) {
            this(action, type, null, false);
        }

        /** A proof that was refused is renewed once before the failure. */
        private Verdict renewing() {
            return action == Action.FAIL ? new Verdict(Action.REFRESH_TOKEN_THEN_RETRY, type, message, byRule) : this;
        }
    }

    /** An answer, as far as rules look at it. */
    public interface Answered {
        /** The first header of a name, or null. */
        @Nullable
        String header(String name);

        /** The body as text, cut where it is long. */
        String text();

        /** The body as JSON; missing when it is none. */
        JsonNode tree();
    }

    /** What an answer means. */
    public Verdict judge(int status, Answered answer) {
        for (Rule rule : rules) {
            if (rule.fitsHead(status, answer) && rule.fitsBody(answer)) {
                return status == 401 && rule.bySight() ? rule.verdict().renewing() : rule.verdict();
            }
        }
        return byStatus(status);
    }

    private static final Verdict GOOD = new Verdict(Action.SUCCESS, null);

    private static Verdict byStatus(int status) {
        if (status >= 200 && status < 300) {
            return GOOD;
        }
        return switch (status) {
            case 401 -> new Verdict(Action.REFRESH_TOKEN_THEN_RETRY, FailureType.AUTH);
            case 403, 407 -> new Verdict(Action.FAIL, FailureType.AUTH);
            case 429 -> new Verdict(Action.RATE_LIMITED, FailureType.QUOTA);
            case 408, 425, 500, 502, 503, 504 -> new Verdict(Action.RETRY, FailureType.TRANSIENT);
            default -> new Verdict(Action.FAIL, status >= 400 && status < 500 ? FailureType.DATA : FailureType.SYSTEM);
        };
    }
}
