package io.patchbay.shape.wait;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.Surroundings;
import java.util.Objects;

/** Tells an event, once for each payload. */
final class Telling implements Plan.PayloadWork {

    private final WaitSettings settings;
    private final Template key;
    private final Surroundings around;

    Telling(WaitSettings settings, Surroundings around) {
        this.settings = settings;
        this.key = Objects.requireNonNull(settings.release());
        this.around = around;
    }

    @Override
    public Payload apply(Payload payload, Attempt attempt) throws StepException {
        TemplateTree given = settings.data();
        boolean parsed = given == null || References.readsData(settings.reads());
        Payload read = parsed ? payload.parsed() : payload;
        String under;
        JsonNode data;
        try {
            Scope scope = attempt.scope(read, null);
            under = Waiting.key(key.text(scope));
            data = given == null ? read.tree() : given.value(scope);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        Waits.Event event = new Waits.Event(
                String.join(
                        " ", attempt.runId(), attempt.shape(), payload.lineage().text()),
                attempt.shape(),
                under,
                null,
                data.isMissingNode() ? null : data,
                "flow " + attempt.flow(),
                null);
        Waits.Told told = Waiting.written(around.service(Waits.class).tell(event));
        attempt.log(
                LogLevel.INFO,
                "told '" + under + "': "
                        + (!told.runs().isEmpty() || told.left() > 0
                                ? "released " + told.runs().size()
                                        + (told.left() == 0 ? "" : "; " + told.left() + " more follow")
                                : told.before()
                                        ? "it was told before"
                                        : told.kept() == null
                                                ? "nobody waits for it"
                                                : "nobody waits for it yet; kept until " + told.kept()));
        return payload;
    }
}
