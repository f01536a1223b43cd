package io.patchbay.connector.http;

import io.patchbay.connector.StandIn;
import io.patchbay.payload.StepException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** The last link of a client's chain before a connection is taken: what has an answer without a system gets it here. */
final class InPlace implements ExecChainHandler {

    private final StandIn standIn;
    private final String instance;

    InPlace(StandIn standIn, String instance) {
        this.standIn = standIn;
        this.instance = instance;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        WireCall current = WireCall.CURRENT.get();
        StandIn.Call call = current == null ? null : current.by();
        StandIn.Answer answer;
        try {
            answer =
                    standIn.answer(asked(request, call == null ? new StandIn.Call("", "", instance, "", false) : call));
        } catch (StepException e) {
            throw new WireCall.Held(e);
        }
        return answer == null ? chain.proceed(request, scope) : response(answer);
    }

    private static StandIn.Asked asked(ClassicHttpRequest request, StandIn.Call call) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : request.getHeaders()) {
            headers.merge(header.getName(), String.valueOf(header.getValue()), (one, other) -> one + ", " + other);
        }
        HttpEntity entity = request.getEntity();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (entity != null) {
            if (entity.getContentType() != null) {
                headers.putIfAbsent("Content-Type", entity.getContentType());
            }
            entity.writeTo(body);
        }
        try {
            return new StandIn.Asked(
                    call, request.getMethod(), request.getUri().toString(), headers, body.toByteArray());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a URI that was made from a URI", e);
        }
    }

    private static ClassicHttpResponse response(StandIn.Answer answer) {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
        String type = "";
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            response.addHeader(header.getKey(), header.getValue());
            type = header.getKey().equalsIgnoreCase("Content-Type") ? header.getValue() : type;
        }
        if (answer.body().length > 0) {
            response.setEntity(
                    new ByteArrayEntity(answer.body(), type.isEmpty() ? null : ContentType.parseLenient(type)));
        }
        return response;
    }
}
