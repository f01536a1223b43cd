package io.patchbay.shape.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.Condition;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Differences;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fails payloads that are not what was expected. */
public final class AssertShape implements ShapeType<AssertShape.AssertSettings> {

    private static final String CODE = "NOT_AS_EXPECTED";
    private static final int SHOWN = 40;

    private static final ShapeSpec SPEC = new ShapeSpec(
            "assert",
            "Fails payloads that are not what was expected; the others go on unchanged.",
            """
            Exactly one of `json`, `contains`, `text` and `that` says what is expected. `json` compares the whole payload: the order
            of members does not matter, that of a list's items does, and 10 is 10.0. `contains` looks only at the members that are written here;
            lists must be as long. `text` compares content of any format, read as UTF-8. With `that` every record must meet a
            condition; in a list, a record that does not is a failed payload of its own, and the others go on with `onError: skip`
            or in a try. All of them may hold placeholders.

            The message says where the first differences are, what was expected there and what was found. A failed assertion is not tried again.
            """,
            "Nothing: what is not as expected is kept as a failed payload.",
            """
            flow: checked-order
            shapes:
              - id: order
                manualPayload: { json: { id: 7, currency: EUR, lines: [ { sku: A, quantity: 2 } ] } }
              - id: is-whole
                assert: { contains: { currency: EUR, lines: [ { sku: A } ] } }
              - id: has-a-number
                assert: { that: { field: id, as: number, above: 0 } }
            """);

    /** Settings of an assert. */
    @Doc("What is expected; exactly one of its keys")
    public record AssertSettings(
            @Doc("The whole payload, any value") @Nullable TemplateTree json,

            @Doc("What the payload has among other members") @Nullable
            TemplateTree contains,

            @Doc("The whole content, of any format") @Nullable
            Template text,

            @Doc("What every record meets") @Nullable Condition that) {

        /** @throws IllegalArgumentException unless exactly one says what is expected */
        public AssertSettings {
            long given = Stream.of(json, contains, text, that)
                    .filter(Objects::nonNull)
                    .count();
            if (given != 1) {
                throw new WrongValueException(
                        "an assert has exactly one of 'json', 'contains', 'text' and 'that', found "
                                + (given == 0 ? "none" : given),
                        given == 0
                                ? "for example contains: { currency: EUR }"
                                : "keep one; for the others, put further asserts behind this one");
            }
        }

        Set<Ref> reads() {
            if (that != null) {
                return that.reads();
            }
            return text != null
                    ? text.reads()
                    : Objects.requireNonNull(json != null ? json : contains).reads();
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<AssertSettings> settings() {
        return AssertSettings.class;
    }

    /** At most one: a list whose records all failed is nothing. */
    @Override
    public Contract contract(AssertSettings settings, Surroundings around) {
        Contract contract = settings.that() == null ? Contract.one() : Contract.atMostOne();
        return contract.reading(References.state(settings.reads()));
    }

    @Override
    public Set<Ref> reads(AssertSettings settings) {
        return settings.reads();
    }

    @Override
    public boolean keepsRecords(AssertSettings settings) {
        return true;
    }

    @Override
    public Plan plan(AssertSettings settings, Placed at, Surroundings around) {
        Condition that = settings.that();
        if (that != null) {
            return new Plan.PerPayload(new RecordWork(
                    (record, scope) -> met(that, record, scope),
                    (payload, records, same) -> left(payload, records, same)));
        }
        return new Plan.PerPayload((payload, attempt) -> compared(settings, payload, attempt));
    }

    private static JsonNode met(Condition that, JsonNode record, Scope scope) throws StepException {
        if (!that.test(record, scope)) {
            throw new StepException(Owner.AUTHOR, CODE, "the record does not meet " + that);
        }
        return record;
    }

    private static @Nullable Payload left(Payload payload, List<JsonNode> records, boolean same) throws StepException {
        if (same) {
            return payload;
        }
        return records.isEmpty() ? null : payload.withRecords(records);
    }

    private static Payload compared(AssertSettings settings, Payload payload, Attempt attempt) throws StepException {
        try {
            List<String> differences = settings.text() == null
                    ? differences(settings, payload.parsed(), attempt)
                    : differences(settings.text(), payload, attempt);
            if (!differences.isEmpty()) {
                throw new StepException(
                        Owner.AUTHOR, CODE, "the payload is not as expected: " + String.join("; ", differences));
            }
            return payload;
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    private static List<String> differences(AssertSettings settings, Payload payload, Attempt attempt)
            throws StepException {
        Scope scope = attempt.scope(payload, null);
        TemplateTree json = settings.json();
        return json != null
                ? Differences.of(json.value(scope), payload.tree())
                : Differences.lacking(
                        Objects.requireNonNull(settings.contains()).value(scope), payload.tree());
    }

    private static List<String> differences(Template text, Payload payload, Attempt attempt) throws StepException {
        Payload read = References.readsData(text.reads()) ? payload.parsed() : payload;
        String expected = text.text(attempt.scope(read, null));
        String found = new String(payload.bytes(), StandardCharsets.UTF_8);
        if (expected.equals(found)) {
            return List.of();
        }
        int at = 0;
        while (at < Math.min(expected.length(), found.length()) && expected.charAt(at) == found.charAt(at)) {
            at++;
        }
        long line = 1 + found.substring(0, at).chars().filter(c -> c == '\n').count();
        return List.of("at character " + (at + 1) + " (line " + line + ") expected " + from(expected, at) + ", found "
                + from(found, at));
    }

    private static String from(String text, int at) {
        String rest = text.substring(at, Math.min(text.length(), at + SHOWN));
        return rest.isEmpty() ? "the end" : "'" + rest + "'";
    }
}
