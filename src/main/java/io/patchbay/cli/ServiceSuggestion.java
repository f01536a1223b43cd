package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.mapping.suggest.Side;
import io.patchbay.mapping.suggest.Suggesting;
import io.patchbay.mapping.suggest.Suggestion;
import io.patchbay.mapping.suggest.TooManyPlacesException;
import io.patchbay.problem.Problems;
import io.patchbay.service.ServiceDraft;
import java.io.IOException;
import java.util.List;

/** Fields for a new service, as far as it is sure that both sides mean the same. */
final class ServiceSuggestion {

    private ServiceSuggestion() {}

    /** The fields; none where nothing is known of what the endpoints give and take. */
    static List<JsonNode> of(ServiceDraft.Side reads, ServiceDraft.Side sends, HomeFolder home, Terminal terminal)
            throws IOException {
        try {
            Side from = new SideOfMap(terminal, home, false, note -> {}).of(named(reads), null);
            Side to = new SideOfMap(terminal, home, true, note -> {}).of(named(sends), null);
            return Suggesting.of(from, to, terminal.clock()).fields().stream()
                    .filter(field -> field.sure() == Suggestion.Sure.SURE)
                    .map(ServiceSuggestion::field)
                    .toList();
        } catch (Refused | TooManyPlacesException e) {
            return List.of(); // a proposal is a help, and a service can be made without it
        }
    }

    private static String named(ServiceDraft.Side side) {
        return side.instance() + "/" + side.endpoint();
    }

    private static JsonNode field(Suggestion.Proposed proposed) {
        ObjectNode field = Json.object().put("to", proposed.to()).put("from", proposed.from());
        if (proposed.flatten()) {
            field.put("flatten", true);
        }
        if (!proposed.then().isEmpty()) {
            ArrayNode then = field.putArray("then");
            for (String function : proposed.then()) {
                new YamlReader()
                        .read("then", function, new Problems())
                        .map(Literals::json)
                        .ifPresent(then::add);
            }
        }
        return field;
    }
}
