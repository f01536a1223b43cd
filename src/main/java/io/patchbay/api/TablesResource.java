package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.expression.LookupTable;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.Tables;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lookup tables: seen here, changed in their files. */
@RestController
@RequestMapping("/api/v1/tables")
@Doc("Lookup tables, as flows read them now; they are changed in their files")
final class TablesResource {

    private final Tables tables;

    TablesResource(Tables tables) {
        this.tables = tables;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("Lookup tables by name; one whose file has become wrong is there as it last was right")
    @Answers
    Page<TableView> list(
            @RequestParam(required = false) @Doc("What next of the part before said") @Nullable String after,
            @RequestParam(required = false) @Doc("How many, 1 to 500; 50 if not given") @Nullable Integer limit) {
        List<TableView> all = tables.all().entrySet().stream()
                .map(entry -> TableView.of(entry.getKey(), entry.getValue()))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
        return Page.of(all, TableView::name, after, Page.limit(limit));
    }

    @GetMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("A lookup table")
    @Answers(problems = 404)
    TableView table(@PathVariable String name) {
        return TableView.of(name, named(name));
    }

    @GetMapping(path = "/{name}/rows", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.READ)
    @Doc("Rows of a lookup table, in their order")
    @Answers(problems = 404)
    Page<TableRowView> rows(
            @PathVariable String name,
            @RequestParam(required = false)
                    @Doc("Only those of which a cell holds this text, upper and lower case alike")
                    @Nullable
                    String q,
            @RequestParam(required = false) @Doc("What next of the part before said: a line of the file") @Nullable
                    Integer after,
            @RequestParam(required = false) @Doc("How many, 1 to 500; 50 if not given") @Nullable Integer limit) {
        int most = Page.limit(limit);
        List<TableRowView> found = named(name).rows().stream()
                .filter(row -> after == null || row.line() > after)
                .filter(row -> q == null || row.cells().stream().anyMatch(cell -> holds(cell, q)))
                .limit(most + 1L)
                .map(TableRowView::of)
                .toList();
        return found.size() <= most
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, most),
                        String.valueOf(found.get(most - 1).line()));
    }

    private LookupTable named(String name) {
        LookupTable table = tables.all().get(name);
        if (table == null) {
            throw Refusal.notFound("table", name, tables.all().keySet());
        }
        return table;
    }

    private static boolean holds(String cell, String text) {
        for (int at = 0; at <= cell.length() - text.length(); at++) {
            if (cell.regionMatches(true, at, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }
}
