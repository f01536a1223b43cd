package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.shape.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a run, in the form in which a test file expects it. */
final class CaseOutcome {

    private CaseOutcome() {}

    /** All that came. */
    static ObjectNode of(Bench.Outcome outcome, Map<String, List<ObjectNode>> requests, Effects effects) {
        ObjectNode all = Json.NODES.objectNode();
        List<RunRecord> records = outcome.records();
        RunRecord last = worst(records);
        if (last != null) {
            all.put("outcome", last.status().name().toLowerCase(Locale.ROOT));
            all.put("reason", last.reason() == null ? outcome.unanswered() : last.reason());
        }
        all.set("shapes", shapes(records, outcome.captured()));
        ObjectNode asked = all.putObject("requests");
        requests.forEach((shape, list) -> asked.putArray(shape).addAll(list));
        ArrayNode logs = all.putArray("logs");
        records.forEach(record -> record.logs()
                .forEach(line -> logs.addObject()
                        .put("shape", line.shape())
                        .put("level", line.level().name().toLowerCase(Locale.ROOT))
                        .put("text", line.text())));
        ObjectNode variables = all.putObject("variables");
        outcome.variables().forEach(variables::set);
        failed(outcome.failed(), all.putArray("failed"));
        effects(effects, all);
        Plan.Answer answer = outcome.answer();
        if (answer != null) {
            ObjectNode given =
                    all.putObject("answer").put("status", answer.status()).put("contentType", answer.contentType());
            given.set("body", Bytes.shown(answer.body(), answer.contentType()));
        }
        return all;
    }

    /** A failure in what follows an answer counts for the whole. */
    private static @Nullable RunRecord worst(List<RunRecord> records) {
        RunRecord worst = null;
        for (RunRecord record : records) {
            if (worst == null || record.status().compareTo(worst.status()) > 0) {
                worst = record;
            }
        }
        return worst;
    }

    private static ObjectNode shapes(List<RunRecord> records, List<CapturedPayload> captured) {
        ObjectNode shapes = Json.NODES.objectNode();
        for (RunRecord record : records) {
            for (RunRecord.ShapeRecord shape : record.shapes()) {
                ObjectNode own = shapes.withObjectProperty(shape.shape());
                own.put("reached", own.path("reached").asBoolean() || shape.payloadsIn() > 0);
                own.put("recordsIn", own.path("recordsIn").asLong() + shape.recordsIn());
                own.put("recordsOut", own.path("recordsOut").asLong() + shape.recordsOut());
                own.put("attempts", own.path("attempts").asLong() + shape.attempts());
                own.withArrayProperty("in");
                own.withArrayProperty("out");
            }
        }
        for (CapturedPayload payload : captured) {
            String side = payload.direction() == CapturedPayload.Direction.IN ? "in" : "out";
            shapes.withObjectProperty(payload.shape())
                    .withArrayProperty(side)
                    .add(Bytes.shown(payload.bytes(), payload.contentType()));
        }
        return shapes;
    }

    private static void failed(List<FailedPayload> failed, ArrayNode to) {
        for (FailedPayload one : failed) {
            to.addObject()
                    .put("shape", one.shape())
                    .put("code", one.code())
                    .put("message", one.message())
                    .set("payload", content(one.payload()));
        }
    }

    private static void effects(Effects effects, ObjectNode all) {
        ArrayNode starts = all.putArray("starts");
        for (Effects.Started start : effects.starts()) {
            ObjectNode one = starts.addObject().put("shape", start.shape()).put("flow", start.flow());
            one.set("payload", content(start.payload()));
            ObjectNode variables = one.putObject("variables");
            start.variables().forEach(variables::set);
        }
        ArrayNode mails = all.putArray("mails");
        for (Effects.Told told : effects.told()) {
            ObjectNode one = mails.addObject();
            ArrayNode to = one.putArray("to");
            told.receivers().forEach(to::add);
            one.put("subject", told.notice().title()).put("text", told.notice().text());
        }
    }

    private static JsonNode content(Payload payload) {
        return Bytes.shown(payload.bytes(), payload.body().contentType());
    }
}
