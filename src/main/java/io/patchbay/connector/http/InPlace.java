package io.patchbay.connector.http;

import io.patchbay.connector.StandIn;
import io.patchbay.connector.auth.Proof;
import io.patchbay.payload.StepException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
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
        StandIn.Call by = current == null ? null : current.by();
        StandIn.Call call = by == null ? new StandIn.Call("", "", instance, "", false) : by;
        if (!standIn.asks(call)) {
            return chain.proceed(request, scope);
        }
        StandIn.Answer answer;
        try {
            answer = standIn.answer(asked(request, call, current == null ? Proof.NONE : current.proof()));
        } catch (StepException e) {
            throw new WireCall.Held(e);
        }
        return answer == null ? chain.proceed(request, scope) : response(answer);
    }

    private StandIn.Asked asked(ClassicHttpRequest request, StandIn.Call call, Proof proof) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : request.getHeaders()) {
            headers.merge(header.getName(), String.valueOf(header.getValue()), (one, other) -> one + ", " + other);
        }
        HttpEntity entity = request.getEntity();
        Beginning body = new Beginning(standIn.mostBody());
        if (entity != null) {
            if (entity.getContentType() != null) {
                headers.putIfAbsent("Content-Type", entity.getContentType());
            }
            entity.writeTo(body);
        }
        try {
            return new StandIn.Asked(
                    call,
                    request.getMethod(),
                    request.getUri().toString(),
                    headers,
                    body.kept.toByteArray(),
                    body.size,
                    proofs(proof));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a URI that was made from a URI", e);
        }
    }

    private static StandIn.Proofs proofs(Proof proof) {
        Set<String> headers = new HashSet<>();
        Set<String> query = new HashSet<>();
        Set<String> values = new HashSet<>();
        for (Proof.Part part : proof.parts()) {
            switch (part.into()) {
                case HEADER -> headers.add(part.name());
                case QUERY -> query.add(part.name());
                case PLACED, PLACED_NUMBER -> values.add(part.value());
                case SERVER -> {}
            }
        }
        return new StandIn.Proofs(headers, query, values);
    }

    /** Keeps the beginning of a body, and counts all of it. */
    private static final class Beginning extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final long most;
        private long size;

        Beginning(long most) {
            this.most = most;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            kept.write(bytes, from, (int) Math.min(length, Math.max(0, most - kept.size())));
            size += length;
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
            response.setEntity(new ByteArrayEntity(answer.body(), type.isEmpty() ? null : MediaType.of(type)));
        }
        return response;
    }
}
