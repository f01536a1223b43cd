package io.patchbay.connector;

import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig.Format;
import io.patchbay.connector.definition.RecordSelectorConfig;
import io.patchbay.expression.Condition;
import io.patchbay.expression.Ref;
import io.patchbay.payload.RecordPath;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles which records of an answer are taken. */
final class SelectionCompiler {

    private static final Set<Format> IN_PIECES = Set.of(Format.JSON, Format.NDJSON, Format.CSV, Format.XML);
    private static final Set<Format> IN_TREES = Set.of(Format.JSON, Format.XML, Format.SOAP);
    private static final Set<Format> IN_ROWS = Set.of(Format.NDJSON, Format.CSV);

    /** The record, and what the request was made of. */
    private static final Set<String> READ_BY_A_FILTER = Set.of("record", "payload", "meta");

    private final Compiling compiling;

    SelectionCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    Selection compile(EndpointConfig endpoint, ResponseConfig response, String[] endpointKeys) {
        RecordSelectorConfig selector = endpoint.recordSelector();
        ContentConfig content = response.content();
        Integer pieces = content != null && endpoint.inPieces() ? content.chunk() : null;
        if (selector == null) {
            return pieces == null ? Selection.ALL : new Selection(null, null, null, pieces);
        }
        String[] keys = Compiling.below(endpointKeys, "recordSelector");
        if (content != null) {
            checkContent(selector, keys);
        }
        RecordPath path = compiling.parsed(selector.path(), RecordPath::parse, Compiling.below(keys, "path"));
        boolean text = selector.textFormat() != null;
        if (text) {
            checkText(response, path, keys);
        }
        if (selector.filter() != null) {
            needList(path, text, "filter", keys);
            checkFilter(selector.filter(), Compiling.below(keys, "filter"));
        }
        if (selector.expand() != null) {
            needList(path, text, "expand", keys);
            if (selector.expand().fromRoot()) {
                wrong(
                        "the list stands in the record",
                        "write its path without $., like line_items",
                        Compiling.below(keys, "expand"));
            }
        }
        Columns columns = compiling.parsed(selector.columns(), Columns::parse, Compiling.below(keys, "columns"));
        if (columns != null) {
            needList(path, false, "columns", keys);
            if (response.format() != Format.JSON) {
                wrong("'columns' reads json", null, Compiling.below(keys, "columns"));
            }
        }
        if (selector.chunk() != null && content == null) {
            checkPieces(endpoint, response, path, keys);
        }
        return new Selection(path, selector, columns, content == null ? selector.chunk() : pieces);
    }

    /** Where records stand in content is said with its format; here stands which of them are taken. */
    private void checkContent(RecordSelectorConfig selector, String[] keys) {
        if (!RecordPath.ROOT_LIST.toString().equals(selector.path())) {
            wrong(
                    "where the records stand is said by 'response.content.records'",
                    "write path: '$[*]'",
                    Compiling.below(keys, "path"));
        }
        if (selector.chunk() != null) {
            wrong(
                    "how many records a payload has is said by 'response.content.chunk'",
                    "take 'chunk' out here",
                    Compiling.below(keys, "chunk"));
        }
        if (selector.textFormat() != null || selector.columns() != null) {
            String key = selector.textFormat() != null ? "textFormat" : "columns";
            wrong(
                    "'" + key + "' reads an answer as a whole, and 'response.content' its records one by one",
                    "take one of the two out",
                    Compiling.below(keys, key));
        }
    }

    private void checkText(ResponseConfig response, @Nullable RecordPath path, String[] keys) {
        if (!IN_TREES.contains(response.format())) {
            wrong("'textFormat' reads a text within json, xml and soap", null, Compiling.below(keys, "textFormat"));
        }
        if (path != null && path.each()) {
            wrong(
                    "the records stand in one text",
                    "let the path end with its name, without [*]",
                    Compiling.below(keys, "path"));
        }
    }

    private void checkFilter(Condition filter, String[] keys) {
        for (Ref ref : filter.reads()) {
            if (!READ_BY_A_FILTER.contains(ref.root())) {
                wrong("'" + ref.root() + "' cannot be read here", "a filter knows record, payload and meta", keys);
            }
        }
    }

    private void checkPieces(
            EndpointConfig endpoint, ResponseConfig response, @Nullable RecordPath path, String[] keys) {
        String[] chunk = Compiling.below(keys, "chunk");
        needList(path, false, "chunk", keys);
        if (endpoint.kind().acts()) {
            wrong("an answer is read piece by piece by reads only", "take 'chunk' out", chunk);
        }
        if (endpoint.paginator() != null) {
            wrong(
                    "pages of a list are not read piece by piece",
                    "take 'chunk' or 'paginator' out; a pageSize that the memory holds is enough",
                    chunk);
        }
        if (!IN_PIECES.contains(response.format())) {
            wrong("'chunk' reads json, ndjson, csv and xml", null, chunk);
        }
        if (IN_ROWS.contains(response.format()) && path != null && !path.equals(RecordPath.ROOT_LIST)) {
            wrong("rows and lines are the records themselves", "write path: '$[*]'", Compiling.below(keys, "path"));
        }
        if (response.format() == Format.XML && path != null && path.names().size() < 2) {
            wrong("the elements stand below the root element", "like $.orders.order[*]", Compiling.below(keys, "path"));
        }
    }

    private void needList(@Nullable RecordPath path, boolean text, String key, String[] keys) {
        if (path != null && !path.each() && !text) {
            wrong(
                    "'" + key + "' belongs to a list of records, and '" + path + "' is one",
                    "let the path end with [*]",
                    Compiling.below(keys, key));
        }
    }

    private void wrong(String what, @Nullable String hint, String[] keys) {
        compiling.error(compiling.at(keys), "BAD_VALUE", what, hint);
    }
}
