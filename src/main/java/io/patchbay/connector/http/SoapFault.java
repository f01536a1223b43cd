package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig.Format;
import org.jspecify.annotations.Nullable;

/**
 * Why a SOAP system refused.
 *
 * @param reason in its own words
 * @param ours whether the request was wrong (Client in 1.1, Sender in 1.2, and what is below them), so that trying again is
 *     of no use
 */
record SoapFault(String reason, boolean ours) {

    /** The fault in an answer; null when there is none or the endpoint is none of SOAP. */
    static @Nullable SoapFault in(Reply reply, Format format) {
        if (format != Format.SOAP) {
            return null;
        }
        // A successful answer was read as the envelope's body; an error is still the whole document.
        JsonNode tree = reply.tree();
        JsonNode body = tree.has("Envelope") ? SoapEnvelope.content(tree) : tree;
        JsonNode fault = body.path("Fault");
        return fault.isMissingNode() ? null : new SoapFault(reason(fault), ours(fault));
    }

    /** SOAP 1.1 section 4.4, SOAP 1.2 part 1 section 5.4. */
    private static String reason(JsonNode fault) {
        String words = text(fault.has("Reason") ? fault.path("Reason").path("Text") : fault.path("faultstring"));
        return words.isBlank() ? "a fault without a reason" : words.strip();
    }

    private static boolean ours(JsonNode fault) {
        String code = text(fault.has("Code") ? fault.path("Code").path("Value") : fault.path("faultcode"));
        String bare = code.substring(code.indexOf(':') + 1).strip();
        return bare.equals("Sender") || bare.equals("Client") || bare.startsWith("Client.");
    }

    private static String text(JsonNode value) {
        JsonNode first = value.isArray() ? value.path(0) : value;
        return first.isObject() ? first.path("#text").asText() : first.asText();
    }
}
