package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Condition;
import org.jspecify.annotations.Nullable;

/** How an answer goes on in further pages. */
@Doc("How an answer goes on in further pages")
public record PaginatorConfig(
        @Doc("The method") Type type,

        @Doc("Records that are asked for per page") @Nullable @Range(min = 1, max = 1_000_000)
        Integer pageSize,

        @Doc("Where the page number, offset or cursor goes; for graphqlCursor the variable, by default after") @Nullable
        InjectConfig inject,

        @Doc("Name of what takes the page size; for graphqlCursor the variable, by default first") @Nullable
        String pageSizeParam,

        @Doc(
                "The part of the request that takes it; by default bodyJson where inject puts the cursor there, else query")
        @Nullable
        SizeInto pageSizeInto,

        @Doc(
                "Number of the first page (pageNumber, default 1) or of the first record (offset, default 0); key before the first"
                        + " record (keyset, by default none is sent)")
        @Nullable
        Long start,

        @Doc(
                "Where the answer names the cursor or the URL of the next page; odataNextLink knows it by itself,"
                        + " graphqlCursor takes pageInfo.endCursor beside the records, keyset the primaryKey of the last record")
        @Nullable
        String cursorPath,

        @Doc("Where the answer says whether there is more; for graphqlCursor pageInfo.hasNextPage beside the records")
        @Nullable
        String hasMorePath,

        @Doc("Where the answer says how many records there are in all") @Nullable
        String totalPath,

        @Doc("What ends the list; chosen by type when it is not given") @Nullable
        StopWhen stopWhen,

        @Doc(
                "Condition about the answer that ends the list behind it, with stopWhen: expression; the field is a path from the"
                        + " answer's root")
        @Nullable
        Condition expression,

        @Doc("A list of more pages is an error") @Default("10000") @Range(min = 1, max = 200_000)
        int maxPages,

        @Doc("How many records of one list the system is ready to show") @Nullable
        ResultWindowConfig resultWindow,

        @Doc("A broken pull goes on at this grain") @Default("page")
        Checkpoint checkpoint,

        @Doc("File in the connector's folder whose function next says how the list goes on (script)") @Nullable
        String script) {

    /** One answer, or one for each window. */
    public static final PaginatorConfig SINGLE = new PaginatorConfig(
            Type.NONE, null, null, null, null, null, null, null, null, null, null, 10_000, null, Checkpoint.PAGE, null);

    /** Records that a flow may ask for per page at most; null where it has no say. */
    public @Nullable Integer mostPerPage() {
        boolean asks = pageSizeParam != null || type == Type.GRAPHQL_CURSOR || type == Type.ODATA_NEXT_LINK;
        return asks ? pageSize : null;
    }

    /** The same that asks for so many records per page. */
    public PaginatorConfig sized(int size) {
        return new PaginatorConfig(
                type,
                size,
                inject,
                pageSizeParam,
                pageSizeInto,
                start,
                cursorPath,
                hasMorePath,
                totalPath,
                stopWhen,
                expression,
                maxPages,
                resultWindow,
                checkpoint,
                script);
    }

    /** The part of the request that takes the page size. */
    public SizeInto sizeInto() {
        if (pageSizeInto != null) {
            return pageSizeInto;
        }
        return inject != null && inject.into() == InjectConfig.Into.BODY_JSON ? SizeInto.BODY_JSON : SizeInto.QUERY;
    }

    /** The methods of the vocabulary. */
    public enum Type {
        /** One answer is all. */
        NONE,
        /** Pages are counted. */
        PAGE_NUMBER,
        /** Records are counted. */
        OFFSET,
        /** The answer names a token for the next page. */
        CURSOR,
        /** The answer's body names the URL of the next page, absolute or relative. */
        NEXT_URL,
        /** The answer's Link header names it, RFC 8288. */
        LINK_HEADER,
        /** The answer's body names a path or query relative to the URL that was asked; it never leaves the host. */
        RELATIVE_URI,
        /** The answer names the URL of the next page as OData does; pageSize is asked for in header Prefer. */
        ODATA_NEXT_LINK,
        /** A GraphQL connection: variables first and after, and pageInfo in the answer. */
        GRAPHQL_CURSOR,
        /** Each window of incremental is one answer. */
        TIME_WINDOW,
        /** The key of a page's last record goes into the next request. */
        KEYSET,
        /** The author's code says how the list goes on. */
        SCRIPT
    }

    /** What ends a list. */
    public enum StopWhen {
        /** A page without records. */
        EMPTY_PAGE,
        /** A page with fewer records than asked for. */
        SHORT_PAGE,
        /** An answer without a cursor. */
        NO_CURSOR,
        /** An answer with the same cursor again. */
        REPEATED_CURSOR,
        /** The answer says so. */
        HAS_MORE_FALSE,
        /** All records have come. */
        TOTAL_REACHED,
        /** The condition 'expression' holds for the answer. */
        EXPRESSION
    }

    /** Parts of a request that may take a page size. */
    public enum SizeInto {
        /** A query parameter. */
        QUERY,
        /** A header. */
        HEADER,
        /** A member of a JSON body, with dots one below another. */
        BODY_JSON
    }

    /** Grains of resuming. */
    public enum Checkpoint {
        /** After each page. */
        PAGE
    }
}
