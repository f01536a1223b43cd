package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a list goes on, as the names of its parameters and of what stands beside its records let one think. */
final class PagingGuess {

    private static final List<String> SIZES = List.of(
            "per_page",
            "perpage",
            "page_size",
            "pagesize",
            "limit",
            "count",
            "size",
            "$top",
            "top",
            "max_results",
            "maxresults",
            "first",
            "page[size]",
            "page[limit]");
    private static final List<String> PAGES = List.of(
            "page", "page_number", "pagenumber", "pageno", "page_no", "pageindex", "page[number]", "currentpage");
    private static final List<String> OFFSETS =
            List.of("offset", "skip", "start", "startindex", "start_index", "page[offset]");
    private static final List<String> CURSORS = List.of(
            "cursor",
            "page_token",
            "pagetoken",
            "next_token",
            "nexttoken",
            "after",
            "starting_after",
            "page_info",
            "continuation_token",
            "continuationtoken",
            "marker",
            "page[cursor]",
            "page[after]",
            "next_cursor");
    private static final List<String> NEXT_CURSORS = List.of(
            "next_cursor",
            "nextcursor",
            "next_page_token",
            "nextpagetoken",
            "next_token",
            "nexttoken",
            "end_cursor",
            "endcursor",
            "continuation_token",
            "continuationtoken",
            "next_page",
            "nextpage",
            "after",
            "next");
    private static final List<String> NEXT_URLS = List.of(
            "@odata.nextlink",
            "odata.nextlink",
            "next",
            "next_url",
            "nexturl",
            "next_page_url",
            "next_link",
            "nextlink");
    private static final List<String> TOTALS = List.of(
            "total",
            "total_count",
            "totalcount",
            "total_results",
            "totalresults",
            "count",
            "total_items",
            "totalitems");
    private static final List<String> MORE =
            List.of("has_more", "hasmore", "has_next", "hasnext", "hasnextpage", "has_next_page");
    private static final int DEFAULT_SIZE = 100;
    private static final int DEEPEST = 3;

    private final Set<String> parameters;
    private final JsonNode beside;
    private final boolean linkHeader;

    /**
     * @param parameters names of query parameters
     * @param beside what stands beside the records in an answer, as an object of names; values are {@code "url"} or anything else
     * @param linkHeader whether the answer is said to have a header Link
     */
    PagingGuess(Set<String> parameters, JsonNode beside, boolean linkHeader) {
        this.parameters = new TreeSet<>(parameters);
        this.beside = beside;
        this.linkHeader = linkHeader;
    }

    /** A paginator, and why. */
    record Guess(ObjectNode paginator, String why) {}

    Optional<Guess> guess(int mostPerPage) {
        Optional<String> size = parameter(SIZES);
        int records = mostPerPage > 0 ? mostPerPage : DEFAULT_SIZE;
        if (linkHeader) {
            return Optional.of(with(type("linkHeader"), size, records, "the answer has a header Link"));
        }
        Optional<String> url = path(beside, "$", NEXT_URLS, true, 0);
        if (url.isPresent() && url.get().toLowerCase(Locale.ROOT).contains("odata.nextlink")) {
            return Optional.of(
                    new Guess(type("odataNextLink").put("pageSize", records), "the answer has " + url.get()));
        }
        Optional<String> cursor = parameter(CURSORS);
        Optional<String> next = path(beside, "$", NEXT_CURSORS, false, 0);
        if (cursor.isPresent() && next.isPresent()) {
            ObjectNode paginator = type("cursor").put("cursorPath", next.get());
            paginator.set("inject", inject(cursor.get()));
            return Optional.of(with(
                    paginator, size, records, "parameter " + cursor.get() + " and " + next.get() + " of the answer"));
        }
        if (url.isPresent()) {
            return Optional.of(with(
                    type("nextUrl").put("cursorPath", url.get()),
                    size,
                    records,
                    "the answer has a URL at " + url.get()));
        }
        return counted(size, records);
    }

    private Optional<Guess> counted(Optional<String> size, int records) {
        Optional<String> page = parameter(PAGES);
        Optional<String> offset = parameter(OFFSETS);
        if (page.isEmpty() && (offset.isEmpty() || size.isEmpty())) {
            return Optional.empty();
        }
        String name = page.orElseGet(offset::get);
        ObjectNode paginator = type(page.isPresent() ? "pageNumber" : "offset");
        paginator.set("inject", inject(name));
        path(beside, "$", MORE, false, 0).ifPresent(path -> paginator.put("hasMorePath", path));
        path(beside, "$", TOTALS, false, 0).ifPresent(path -> paginator.put("totalPath", path));
        return Optional.of(with(
                paginator,
                size,
                records,
                "parameter " + name + size.map(text -> " and " + text).orElse("")));
    }

    private static ObjectNode type(String type) {
        return Json.NODES.objectNode().put("type", type);
    }

    private static ObjectNode inject(String name) {
        return Json.NODES.objectNode().put("into", "query").put("name", name);
    }

    private static Guess with(ObjectNode paginator, Optional<String> size, int records, String why) {
        size.ifPresent(name -> paginator.put("pageSize", records).put("pageSizeParam", name));
        return new Guess(paginator, why);
    }

    private Optional<String> parameter(List<String> names) {
        for (String name : names) {
            for (String parameter : parameters) {
                if (parameter.toLowerCase(Locale.ROOT).equals(name)) {
                    return Optional.of(parameter);
                }
            }
        }
        return Optional.empty();
    }

    /** Names of parameters that a paginator sets, which are no inputs then. */
    static Set<String> setBy(JsonNode paginator) {
        Set<String> names = new TreeSet<>();
        if (paginator.path("inject").path("into").asText().equals("query")) {
            names.add(paginator.path("inject").path("name").asText());
        }
        if (paginator.has("pageSizeParam")) {
            names.add(paginator.path("pageSizeParam").asText());
        }
        return names;
    }

    private static Optional<String> path(JsonNode object, String at, List<String> names, boolean urls, int depth) {
        for (String name : names) {
            for (var member : object.properties()) {
                boolean url = member.getValue().asText().equals("url");
                boolean fits = !urls || url || name.contains("odata") || name.contains("url") || name.contains("link");
                if (member.getKey().toLowerCase(Locale.ROOT).equals(name)
                        && !member.getValue().isObject()
                        && fits
                        && (urls || !url)) {
                    return Optional.of(step(at, member.getKey()));
                }
            }
        }
        for (var member : object.properties()) {
            if (member.getValue().isObject() && depth < DEEPEST) {
                Optional<String> below = path(member.getValue(), step(at, member.getKey()), names, urls, depth + 1);
                if (below.isPresent()) {
                    return below;
                }
            }
        }
        return Optional.empty();
    }

    /** A path with one more name. */
    static String step(String at, String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_-]*") ? at + "." + name : at + "['" + name + "']";
    }
}
