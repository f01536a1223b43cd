package io.patchbay.shape.manualpayload;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.payload.schema.SampleSchema;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Described;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts a body that stands in the flow file in the place of what came. */
public final class ManualPayloadShape implements ShapeType<ManualPayloadShape.ManualPayloadSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "manualPayload", "Replaces the payload by one that is written in the flow.", """
            `json` is any value: a list is a payload with a record per item, anything else is one record. `text` is content of
            any other kind, with its `contentType`. Both may hold placeholders, which read the payload that came. Metadata goes
            on unchanged. For test data, the body of a request, or the answer of a callback.
            """, "Nothing.", """
            flow: greeting
            variables: { shop: uk }
            shapes:
              - id: hello
                manualPayload: { json: { greeting: hello, shop: "${flow.shop}" } }
              - id: letter
                manualPayload: { text: "Dear customer of ${record.shop}, ${record.greeting}.", contentType: text/plain }
            """);

    /** Settings of a manual payload. */
    @Doc("The payload; either json or text")
    public record ManualPayloadSettings(
            @Doc("Any value") @Nullable TemplateTree json,
            @Doc("Text of any format") @Nullable Template text,

            @Doc("Media type of the text; the default is text/plain; charset=utf-8") @Nullable
            String contentType) {

        private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+( *; *[\\w.+-]+=[\\w.+\"-]+)*");

        /** @throws IllegalArgumentException unless there is one body, and a media type only with text */
        public ManualPayloadSettings {
            if ((json == null) == (text == null)) {
                throw new IllegalArgumentException("a manual payload needs either 'json' or 'text'");
            }
            if (contentType != null && json != null) {
                throw new IllegalArgumentException("'contentType' goes with 'text'; 'json' is application/json");
            }
            if (contentType != null && !MEDIA_TYPE.matcher(contentType).matches()) {
                throw new IllegalArgumentException("'" + contentType + "' is not a media type like text/csv");
            }
        }

        Set<Ref> reads() {
            return json != null ? json.reads() : Objects.requireNonNull(text).reads();
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<ManualPayloadSettings> settings() {
        return ManualPayloadSettings.class;
    }

    @Override
    public Contract contract(ManualPayloadSettings settings, Surroundings around) {
        return Contract.one().reading(References.state(settings.reads()));
    }

    @Override
    public Set<Ref> reads(ManualPayloadSettings settings) {
        return settings.reads();
    }

    @Override
    public @Nullable Described gives(ManualPayloadSettings settings, Surroundings around) {
        TemplateTree json = settings.json();
        if (json == null || !json.constant()) {
            return null;
        }
        JsonNode value = json.constantValue();
        List<JsonNode> records = RecordPath.of(value).records(value);
        return new Described("record of the manual payload", SampleSchema.of(records), true);
    }

    @Override
    public Plan plan(ManualPayloadSettings settings, Placed at, Surroundings around) {
        return new Plan.PerPayload((payload, attempt) -> replaced(settings, payload, attempt));
    }

    private static Payload replaced(ManualPayloadSettings settings, Payload payload, Attempt attempt)
            throws StepException {
        Payload read = References.readsData(settings.reads()) ? payload.parsed() : payload;
        var scope = attempt.scope(read, null);
        try {
            TemplateTree json = settings.json();
            if (json != null) {
                JsonNode tree = json.value(scope);
                return payload.withBody(new Body.Tree(tree), RecordPath.of(tree));
            }
            byte[] bytes = Objects.requireNonNull(settings.text()).text(scope).getBytes(StandardCharsets.UTF_8);
            String given = settings.contentType();
            return payload.withBody(
                    new Body.Bytes(bytes, given == null ? "text/plain; charset=utf-8" : given), RecordPath.ROOT);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }
}
