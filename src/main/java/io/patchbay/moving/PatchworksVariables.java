package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;

/** Flow variables that a flow of Patchworks declares. */
final class PatchworksVariables {

    private final PatchworksReading reading;
    private final Parcel parcel;
    private final Report report;

    PatchworksVariables(PatchworksReading reading, Parcel parcel, Report report) {
        this.reading = reading;
        this.parcel = parcel;
        this.report = report;
    }

    /** Declares a list of variables, or an object of them by name. */
    void declare(FlowDraft flow, JsonNode theirs) {
        if (theirs.isObject()) {
            reading.whole(theirs);
            theirs.properties().forEach(one -> declare(flow, one.getKey(), one.getValue(), reading.at(theirs)));
        }
        if (theirs.isValueNode()) {
            reading.odd(theirs);
        }
        for (JsonNode one : theirs.isArray() ? theirs : Json.NODES.arrayNode()) {
            Fields fields = one.isObject() ? reading.of(one) : new Fields(one);
            Place at = reading.at(one, reading.at(theirs));
            fields.pass(
                    "id",
                    "uuid",
                    "type",
                    "description",
                    "display_name",
                    "created_at",
                    "updated_at",
                    "order",
                    "flow_version_id");
            JsonNode value = fields.get("default", "default_value", "value");
            reading.whole(value);
            declare(flow, one.isTextual() ? one.asText() : fields.text("name", "key"), value, at);
        }
    }

    private void declare(FlowDraft flow, String name, JsonNode value, Place at) {
        if (name.isBlank()) {
            report.lost(at, "a flow variable has no name that is understood, and is left out", null);
            return;
        }
        if ((Secrecy.named(name) && value.isTextual() && Secrecy.value(value.asText()))
                || Secrecy.shaped(value.asText(""))) {
            parcel.guard(value.asText());
            report.lost(
                    at,
                    "the flow variable '" + SourceText.shown(name)
                            + "' held a secret, which is not taken over: it begins empty",
                    "make it a setting of the instance that needs it, and change it where it was: it stood in a file");
            flow.variable(name, Json.NODES.textNode(""));
            return;
        }
        flow.variable(name, value.isMissingNode() || value.isNull() ? Json.NODES.textNode("") : value);
    }
}
