package io.patchbay.connector;

import io.patchbay.connector.Endpoint.Content;
import io.patchbay.connector.definition.BatchConfig;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.RequestConfig;
import io.patchbay.connector.definition.PaginatorConfig;
import io.patchbay.connector.definition.PaginatorConfig.StopWhen;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what goes with answers and bodies in the formats of files. */
final class ContentCompiler {

    /** Pages that are found without a look at an answer beside its records. */
    private static final Set<PaginatorConfig.Type> BESIDE_THE_BODY = Set.of(
            PaginatorConfig.Type.NONE,
            PaginatorConfig.Type.PAGE_NUMBER,
            PaginatorConfig.Type.OFFSET,
            PaginatorConfig.Type.LINK_HEADER,
            PaginatorConfig.Type.TIME_WINDOW,
            PaginatorConfig.Type.KEYSET);

    private final Compiling compiling;

    ContentCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    /** What an answer is asked for besides its records: those are all that is read of content. */
    void checkAnswer(EndpointConfig endpoint, String[] keys) {
        if (endpoint.response() == null || endpoint.response().content() == null) {
            return;
        }
        PaginatorConfig paginator = endpoint.paginator();
        if (paginator != null && !BESIDE_THE_BODY.contains(paginator.type())) {
            aside("a paginator of this type", Compiling.below(keys, "paginator", "type"));
        }
        if (paginator != null) {
            refuse(paginator.cursorPath() != null, "cursorPath", keys);
            refuse(paginator.hasMorePath() != null, "hasMorePath", keys);
            refuse(paginator.totalPath() != null, "totalPath", keys);
            refuse(paginator.stopWhen() == StopWhen.EXPRESSION, "stopWhen", keys);
        }
        if (endpoint.incremental() != null
                && endpoint.incremental().cursorField().startsWith("$.")) {
            aside("a cursor of the answer", Compiling.below(keys, "incremental", "cursorField"));
        }
        if (endpoint.partialResult() != null) {
            aside("'partialResult'", Compiling.below(keys, "partialResult"));
        }
    }

    /** An answer of which one value is needed. */
    static void one(Compiling compiling, String id, EndpointConfig endpoint, String need, String... at) {
        if (endpoint.response() != null && endpoint.response().content() != null) {
            compiling.error(
                    compiling.at(at),
                    "NOT_HERE",
                    need + " needs one JSON answer, and '" + id + "' reads records of a format ('response.content')",
                    "take response: {format: json} or another format in place of 'content'");
        }
    }

    private void refuse(boolean given, String key, String[] keys) {
        if (given) {
            aside("'" + key + "'", Compiling.below(keys, "paginator", key));
        }
    }

    private void aside(String what, String[] at) {
        compiling.error(
                compiling.at(at),
                "NOT_HERE",
                what + " reads an answer as a whole, and 'response.content' its records one by one",
                "take response: {format: json} or xml in place of 'content', or pages that are counted or linked by a header");
    }

    /** The body that a request has by its settings 'content'; null where they say none. */
    @Nullable
    Content body(EndpointConfig endpoint, RequestConfig request, boolean carries, String[] keys) {
        ContentConfig content = request.content();
        if (content == null) {
            return null;
        }
        if (!carries) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "request", "content")),
                    "NOT_HERE",
                    endpoint.method() + " carries no body",
                    null);
        }
        BatchConfig batch = endpoint.batch();
        if (batch != null && batch.mode() != BatchConfig.Mode.ARRAY) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "batch", "mode")),
                    "NOT_HERE",
                    "the form of the body is said by 'request.content'",
                    "take 'mode' out");
        }
        return new Content.FormatContent(content);
    }
}
