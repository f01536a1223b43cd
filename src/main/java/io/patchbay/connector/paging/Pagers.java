package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.ScriptCalls;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.PaginatorConfig;
import io.patchbay.connector.definition.ResultWindowConfig;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes pagers: the one list of methods. */
public final class Pagers {

    private Pagers() {}

    /**
     * The pager of an endpoint.
     *
     * @param guard refuses a URL that leads away from the allowed hosts
     * @param code calls the author's code
     */
    public static Pager of(Paging paging, LinkGuard guard, Code code) {
        Pager pager = method(paging, guard, code);
        Pager stopping = paging.config().stopWhen() == null ? pager : new Stopping(pager, paging);
        ResultWindowConfig window = paging.config().resultWindow();
        return window != null && window.onExceed() == ResultWindowConfig.OnExceed.FAIL
                ? new ResultWindow(stopping, paging)
                : stopping;
    }

    private static Pager method(Paging paging, LinkGuard guard, Code code) {
        return switch (paging.config().type()) {
            case NONE, TIME_WINDOW -> new SinglePage();
            case PAGE_NUMBER -> new PageNumber(paging);
            case OFFSET -> new Offset(paging);
            case CURSOR -> new CursorToken(paging);
            case NEXT_URL -> new NextUrl(paging, guard);
            case RELATIVE_URI -> new RelativeUri(paging, guard);
            case ODATA_NEXT_LINK -> new ODataNextLink(paging, guard);
            case GRAPHQL_CURSOR -> new GraphqlCursor(paging);
            case KEYSET -> new KeySet(paging);
            case SCRIPT -> new ScriptPager(paging, guard, code.calls(), code.settings());
            case LINK_HEADER -> new LinkHeader(paging, guard);
        };
    }

    /**
     * How code of an author is called.
     *
     * @param calls calls it
     * @param settings the instance's, without the secrets
     */
    public record Code(ScriptCalls calls, ObjectNode settings) {}

    /** Looks at URLs that come from answers. */
    public interface LinkGuard {
        /** The URL without credentials, if it may be called. @throws StepException if not */
        URI checked(URI link) throws StepException;
    }

    /**
     * A request with the page size where it goes.
     *
     * @param url that the answer before named, with its query; else null
     */
    static Turn sized(PaginatorConfig config, @Nullable URI url) {
        String name = config.pageSizeParam();
        Integer size = config.pageSize();
        if (name == null || size == null) {
            return new Turn(url, Map.of(), Map.of(), Map.of());
        }
        return switch (config.sizeInto()) {
            case HEADER -> new Turn(url, Map.of(), Map.of(name, size.toString()), Map.of());
            case BODY_JSON -> new Turn(url, Map.of(), Map.of(), Map.of(name, Json.NODES.numberNode(size)));
            case QUERY -> new Turn(url, url == null ? Map.of(name, size.toString()) : Map.of(), Map.of(), Map.of());
        };
    }

    /** A request with a value where the definition wants it. */
    static Turn inject(PaginatorConfig config, JsonNode value) {
        Turn sized = sized(config, null);
        InjectConfig inject = Objects.requireNonNull(config.inject());
        String name = Objects.requireNonNull(inject.name());
        return switch (inject.into()) {
            case BODY_JSON -> new Turn(null, sized.query(), sized.headers(), with(sized.body(), name, value));
            case PATH, TEMPLATE -> new Turn(null, sized.query(), sized.headers(), sized.body(), Map.of(name, value));
            case HEADER -> new Turn(null, sized.query(), with(sized.headers(), name, Values.text(value)), sized.body());
            default -> new Turn(null, with(sized.query(), name, Values.text(value)), sized.headers(), sized.body());
        };
    }

    private static <T> Map<String, T> with(Map<String, T> others, String name, T value) {
        Map<String, T> all = new LinkedHashMap<>(others);
        all.put(name, value);
        return all;
    }

    /** Whether an answer ends a list whose pages or records are counted. */
    static boolean ends(Paging paging, PageAnswer answer, long recordsSoFar) {
        PaginatorConfig config = paging.config();
        PaginatorConfig.StopWhen stop = config.stopWhen() == null ? usual(paging) : config.stopWhen();
        if (answer.records() == 0) {
            return true;
        }
        return switch (stop) {
            case SHORT_PAGE -> answer.records() < Objects.requireNonNull(config.pageSize());
            case HAS_MORE_FALSE ->
                paging.hasMore() != null && !truth(paging.hasMore().find(answer.tree()));
            case TOTAL_REACHED ->
                paging.total() != null
                        && recordsSoFar >= paging.total().find(answer.tree()).asLong(Long.MAX_VALUE);
            default -> false;
        };
    }

    static boolean truth(JsonNode value) {
        return value.isTextual() ? value.textValue().equalsIgnoreCase("true") : value.asBoolean(false);
    }

    private static PaginatorConfig.StopWhen usual(Paging paging) {
        if (paging.hasMore() != null) {
            return PaginatorConfig.StopWhen.HAS_MORE_FALSE;
        }
        return paging.total() != null ? PaginatorConfig.StopWhen.TOTAL_REACHED : PaginatorConfig.StopWhen.EMPTY_PAGE;
    }

    /** What a state holds under a name; missing at the beginning. @throws StepException when the state is another method's */
    static JsonNode held(JsonNode state, String name) throws StepException {
        JsonNode held = state.path(name);
        if (held.isMissingNode() && !state.isEmpty()) {
            throw lostPlace();
        }
        return held;
    }

    static StepException lostPlace() {
        return new StepException(
                Owner.AUTHOR,
                "LOST_PLACE",
                "the pull cannot go on where it was: the connector's paginator was changed meanwhile; start the flow again");
    }
}
