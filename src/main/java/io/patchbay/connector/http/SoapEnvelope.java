package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint.Content;
import io.patchbay.connector.Endpoint.Content.SoapContent;
import io.patchbay.connector.WholeText;
import io.patchbay.connector.definition.SoapConfig.SoapVersion;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.jspecify.annotations.Nullable;

/**
 * SOAP envelopes, 1.1 (W3C Note of 8 May 2000) and 1.2 (W3C Recommendation of 27 April 2007, media type of RFC 3902). Own code:
 * Camel's SOAP data format wants Java classes made from a WSDL, a connector is YAML.
 */
final class SoapEnvelope {

    private SoapEnvelope() {}

    /** The request's body. The action of 1.1 is a header, see {@link #addAction}. */
    static HttpEntity of(SoapContent soap, CallScope scope) throws StepException {
        StringBuilder text = new StringBuilder("<soap:Envelope xmlns:soap=\"")
                .append(soap.version().namespace())
                .append("\">");
        if (soap.header() != null) {
            text.append("<soap:Header>")
                    .append(RequestBody.xml(soap.header(), scope))
                    .append("</soap:Header>");
        }
        text.append("<soap:Body>").append(RequestBody.xml(soap.body(), scope)).append("</soap:Body></soap:Envelope>");
        return new ByteArrayEntity(WholeText.utf8(text.toString()), type(soap, scope));
    }

    private static ContentType type(SoapContent soap, CallScope scope) {
        if (soap.version() == SoapVersion.V1_1) {
            return ContentType.create("text/xml", StandardCharsets.UTF_8);
        }
        ContentType plain = ContentType.create("application/soap+xml", StandardCharsets.UTF_8);
        return soap.action() == null
                ? plain
                : plain.withParameters(
                        new BasicNameValuePair("charset", "UTF-8"),
                        new BasicNameValuePair("action", soap.action().text(scope)));
    }

    /** Adds the header that says what a request is for, where its content is an envelope of 1.1. */
    static void addAction(@Nullable Content content, List<Header> headers, CallScope scope) throws StepException {
        String action = content instanceof SoapContent soap ? actionHeader(soap, scope) : null;
        if (action != null) {
            headers.add(HeaderSet.header("SOAPAction", action));
        }
    }

    /** Value of the SOAPAction header, in quotes; null where there is none (1.2). */
    private static @Nullable String actionHeader(SoapContent soap, CallScope scope) throws StepException {
        if (soap.version() != SoapVersion.V1_1) {
            return null;
        }
        String action = soap.action() == null ? "" : soap.action().text(scope);
        if (action.indexOf('"') >= 0) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_HEADER", "the SOAP action '" + action + "' holds a quotation mark");
        }
        return '"' + action + '"';
    }

    /** What stands in the body of an envelope; missing when the document is none. */
    static JsonNode content(JsonNode document) {
        JsonNode envelope = document.path("Envelope");
        return envelope.isObject() && envelope.has("Body") ? envelope.get("Body") : MissingNode.getInstance();
    }
}
