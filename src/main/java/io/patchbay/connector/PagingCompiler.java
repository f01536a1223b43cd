package io.patchbay.connector;

import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.PaginatorConfig;
import io.patchbay.connector.definition.PaginatorConfig.StopWhen;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles how an answer goes on. */
final class PagingCompiler {

    private static final Set<PaginatorConfig.Type> COUNTED =
            Set.of(PaginatorConfig.Type.PAGE_NUMBER, PaginatorConfig.Type.OFFSET);

    /** The answer names the whole address of the next page. */
    private static final Set<PaginatorConfig.Type> LINKED = Set.of(
            PaginatorConfig.Type.NEXT_URL,
            PaginatorConfig.Type.RELATIVE_URI,
            PaginatorConfig.Type.LINK_HEADER,
            PaginatorConfig.Type.ODATA_NEXT_LINK);

    private static final Set<PaginatorConfig.Type> POINTED =
            Set.of(PaginatorConfig.Type.CURSOR, PaginatorConfig.Type.NEXT_URL, PaginatorConfig.Type.RELATIVE_URI);

    private final Compiling compiling;

    PagingCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    @Nullable
    Paging compile(PaginatorConfig paginator, String method, String[] endpoint) {
        if (paginator.type() == PaginatorConfig.Type.NONE) {
            return null;
        }
        String[] keys = Compiling.below(endpoint, "paginator");
        boolean injects = COUNTED.contains(paginator.type()) || paginator.type() == PaginatorConfig.Type.CURSOR;
        InjectConfig inject = paginator.inject();
        need(!injects || (inject != null && inject.name() != null), "inject: {into, name}", keys);
        if (inject != null && (inject.into() == Into.COOKIE || inject.into() == Into.URL)) {
            wrong("a cursor goes into query, header or bodyJson", Compiling.below(keys, "inject", "into"));
        }
        if (inject != null && inject.into() == Into.BODY_JSON && !method.equals("POST")) {
            wrong(
                    "a cursor can go into bodyJson only where the method is POST",
                    Compiling.below(keys, "inject", "into"));
        }
        need(!POINTED.contains(paginator.type()) || paginator.cursorPath() != null, "cursorPath", keys);
        need(paginator.type() != PaginatorConfig.Type.OFFSET || paginator.pageSize() != null, "pageSize", keys);
        checkLinked(paginator, keys);
        checkStop(paginator, keys);
        return new Paging(
                paginator,
                compiling.parsed(paginator.cursorPath(), Place::parse, Compiling.below(keys, "cursorPath")),
                compiling.parsed(paginator.hasMorePath(), Place::parse, Compiling.below(keys, "hasMorePath")),
                compiling.parsed(paginator.totalPath(), Place::parse, Compiling.below(keys, "totalPath")));
    }

    private void checkLinked(PaginatorConfig paginator, String[] keys) {
        if (!LINKED.contains(paginator.type())) {
            return;
        }
        if (paginator.inject() != null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject")),
                    "NOT_HERE",
                    "'inject' has no meaning where the answer names the address of the next page",
                    "leave it out; for a token that goes into a parameter use type cursor");
        }
        if (paginator.type() == PaginatorConfig.Type.ODATA_NEXT_LINK && paginator.pageSizeParam() != null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "pageSizeParam")),
                    "NOT_HERE",
                    "'pageSizeParam' has no meaning for odataNextLink: pageSize goes into header Prefer",
                    "leave it out; $top would cut the whole list");
        }
    }

    private void checkStop(PaginatorConfig paginator, String[] keys) {
        StopWhen stop = paginator.stopWhen();
        need(stop != StopWhen.HAS_MORE_FALSE || paginator.hasMorePath() != null, "hasMorePath", keys);
        need(stop != StopWhen.TOTAL_REACHED || paginator.totalPath() != null, "totalPath", keys);
        need(stop != StopWhen.SHORT_PAGE || paginator.pageSize() != null, "pageSize", keys);
        boolean byCursor = stop == StopWhen.NO_CURSOR || stop == StopWhen.REPEATED_CURSOR;
        if (byCursor && COUNTED.contains(paginator.type())) {
            wrong("a counted list has no cursor to stop at", Compiling.below(keys, "stopWhen"));
        }
    }

    private void need(boolean there, String what, String[] keys) {
        if (!there) {
            compiling.error(compiling.at(keys), "MISSING_KEY", "this paginator needs " + what, null);
        }
    }

    private void wrong(String what, String[] keys) {
        compiling.error(compiling.at(keys), "BAD_VALUE", what, null);
    }
}
