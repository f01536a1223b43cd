package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.BoundedStream;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.route.Flows;
import io.patchbay.run.KeptCaches;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.CacheRules.Scope;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.KeyPattern;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Caches: seen, read, emptied, taken in and handed out. */
@RestController
@RequestMapping("/api/v1/caches")
@Doc("Caches: payloads that flows keep under keys")
final class CachesResource {

    private final KeptCaches caches;
    private final Flows flows;
    private final RunHistory history;
    private final ApiProperties settings;

    CachesResource(KeptCaches caches, Flows flows, RunHistory history, ApiProperties settings) {
        this.caches = caches;
        this.flows = flows;
        this.history = history;
        this.settings = settings;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("What runs, flows and all flows together have in caches, by cache, scope and owner")
    @Answers
    Page<CacheView> list(
            @RequestParam(required = false) @Doc("Only this cache") @Nullable String cache,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        int most = Page.limit(limit);
        List<KeptCaches.Space> found = caches.spaces(cache, place(after), most + 1);
        List<CacheView> views = found.stream()
                .limit(most)
                .map(space -> CacheView.of(space, declared(space)))
                .toList();
        return found.size() <= most
                ? Page.all(views)
                : new Page<>(views, mark(found.get(most - 1).place()));
    }

    private boolean declared(KeptCaches.Space space) {
        CacheRules rules = flows.stores().declaredCache(space.cache());
        return rules != null && rules.scope() == space.scope();
    }

    private static String mark(KeptCaches.Place place) {
        return place.cache() + ":" + place.scope() + ":" + place.owner();
    }

    private static KeptCaches.@Nullable Place place(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            String[] parts = after.split(":", 3);
            return new KeptCaches.Place(parts[0], Scope.valueOf(parts[1]), parts[2]);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Refusal.after(after);
        }
    }

    @GetMapping(path = "/{cache}/entries", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.READ)
    @Doc("Entries of a cache, by key; those of one run or one flow where the cache is theirs")
    @Answers
    Page<CacheEntryView> entries(
            @PathVariable String cache,
            @RequestParam(required = false) @Doc("Id of the run that they are of") @Nullable String run,
            @RequestParam(required = false) @Doc("Id of the flow that they are of") @Nullable String flow,
            @RequestParam(required = false)
                    @Doc("Only such keys: * stands for any characters, \\* for the star")
                    @Nullable
                    String keys,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        int most = Page.limit(limit);
        KeyPattern which = keys == null ? KeyPattern.ALL : KeyPattern.parse(keys);
        try {
            List<CacheEntry> found = caches.list(space(cache, run, flow), which, after, most + 1);
            List<CacheEntryView> views =
                    found.stream().limit(most).map(CacheEntryView::of).toList();
            return found.size() <= most
                    ? Page.all(views)
                    : new Page<>(views, views.get(most - 1).key());
        } catch (StepException e) {
            throw refused(e, "");
        }
    }

    @GetMapping("/{cache}/entry")
    @Needs(Permission.READ)
    @Doc("What stands under a key: the payload, or the records of all that was appended as one list; of pages, one")
    @Answers(problems = 404)
    ResponseEntity<Resource> entry(
            @PathVariable String cache,
            @RequestParam @Doc("The key") String key,
            @RequestParam(required = false) @Doc("Id of the run that it is of") @Nullable String run,
            @RequestParam(required = false) @Doc("Id of the flow that it is of") @Nullable String flow,
            @RequestParam(required = false) @Doc("Which of its pages, from 1 on") @Nullable Integer page) {
        CacheSpace space = space(cache, run, flow);
        try {
            CacheEntry entry = caches.find(space, key)
                    .orElseThrow(() -> Refusal.notFound("key in cache " + Refusal.quoted(cache), key));
            boolean pages = entry.kind() == CacheEntry.Kind.PAGES;
            if (page == null ? pages : page < 1 || page > entry.parts()) {
                throw Refusal.badRequest("The key holds " + entry.parts() + (entry.parts() == 1 ? " page" : " pages")
                        + "; 'page' is 1 to " + entry.parts() + ", found " + (page == null ? "none" : page) + ".");
            }
            if (page == null && entry.kind() == CacheEntry.Kind.LIST) {
                return file(MediaType.APPLICATION_JSON, "entry", CacheListContent.of(caches, entry));
            }
            KeptCaches.Part part = caches.part(entry, page == null ? 0 : page - 1)
                    .orElseThrow(() -> Refusal.conflict("The key was replaced while it was read; try again."));
            return file(type(part.payload().body().contentType()), "entry", part.content());
        } catch (StepException e) {
            throw refused(e, "");
        }
    }

    private static MediaType type(String text) {
        try {
            return MediaType.parseMediaType(text);
        } catch (InvalidMediaTypeException e) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }

    /** As a file, whatever its type: content from outside must not run as a page of this server. */
    private static ResponseEntity<Resource> file(MediaType type, String name, InputStream content) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .contentType(type)
                .body(new InputStreamResource(content));
    }

    @PostMapping(path = "/{cache}/delete", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.OPERATE)
    @Doc("Deletes entries: one, those whose keys fit a pattern, or all; all of every run and flow where none is named")
    @Answers(problems = 404)
    DeletedEntriesView delete(
            @PathVariable String cache,
            @RequestParam(required = false) @Doc("Id of the run that they are of") @Nullable String run,
            @RequestParam(required = false) @Doc("Id of the flow that they are of") @Nullable String flow,
            @RequestParam(required = false) @Doc("This one") @Nullable String key,
            @RequestParam(required = false) @Doc("Those: * stands for any characters, \\* for the star") @Nullable
                    String keys,
            @RequestParam(defaultValue = "false") @Doc("All of them") boolean all) {
        if ((key == null ? 0 : 1) + (keys == null ? 0 : 1) + (all ? 1 : 0) != 1) {
            throw Refusal.badRequest("Give one of 'key', 'keys' with a pattern, and 'all=true'.");
        }
        try {
            if (all && run == null && flow == null) {
                return new DeletedEntriesView(everything(cache));
            }
            KeyPattern which =
                    key != null ? KeyPattern.exactly(key) : keys != null ? KeyPattern.parse(keys) : KeyPattern.ALL;
            int deleted = caches.delete(space(cache, run, flow), which);
            if (key != null && deleted == 0) {
                throw Refusal.notFound("key in cache " + Refusal.quoted(cache), key);
            }
            return new DeletedEntriesView(deleted);
        } catch (StepException e) {
            throw refused(e, "");
        }
    }

    private long everything(String cache) throws StepException {
        long deleted = 0;
        List<KeptCaches.Space> spaces;
        KeptCaches.Place after = null;
        do {
            spaces = caches.spaces(cache, after, Page.MOST);
            for (KeptCaches.Space space : spaces) {
                CacheSpace whole = new CacheSpace(cache, rules(cache, space.scope()), space.owner());
                deleted += caches.delete(whole, KeyPattern.ALL);
                after = space.place();
            }
        } while (spaces.size() == Page.MOST);
        return deleted;
    }

    @PostMapping(path = "/{cache}/import", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.OPERATE)
    @Doc(
            "Puts the rows of a CSV file into a cache that routes/stores.yaml declares: the columns key and value, and what an export has"
                    + " beside them; a key that is there is replaced")
    @Answers(problems = {404, 409, 413})
    ImportedEntriesView take(
            @PathVariable String cache,
            @RequestParam(required = false)
                    @Doc("Id of the run that they go to, where the cache is one of runs")
                    @Nullable
                    String run,
            @RequestParam(required = false)
                    @Doc("Id of the flow that they go to, where the cache is one of flows")
                    @Nullable
                    String flow,
            @RequestParam(required = false)
                    @Doc("How long they are kept, like 1d; as the cache says unless told")
                    @Nullable
                    String keep,
            HttpServletRequest request)
            throws IOException {
        CacheRules rules = flows.stores().declaredCache(cache);
        if (rules == null) {
            throw Refusal.of(
                    org.springframework.http.HttpStatus.NOT_FOUND,
                    "routes/stores.yaml declares no cache " + Refusal.quoted(cache)
                            + "; an import needs its scope and bounds: declare it there under 'caches'.");
        }
        CacheSpace space = space(cache, run, flow);
        if (space.rules().scope() != rules.scope()) {
            throw Refusal.badRequest(scopes(cache, rules.scope()));
        }
        if (run != null && history.run(run).map(RunRecord::endedAt).isPresent()) {
            throw Refusal.conflict("Run " + Refusal.quoted(run) + " is over; what it had in caches is gone.");
        }
        if (run != null && history.run(run).isEmpty()) {
            throw Refusal.notFound("run", run);
        }
        if (flow != null && flows.flow(flow).isEmpty()) {
            throw Refusal.notFound(
                    "flow", flow, flows.list().stream().map(Flows.View::id).toList());
        }
        InputStream body = new BoundedStream(
                new EndingStream(request.getInputStream()), settings.maxBody().toBytes(), BodyTooLargeException::new);
        return CacheCsvIn.take(caches, space, body, time(keep));
    }

    private static @Nullable Duration time(@Nullable String keep) {
        if (keep == null) {
            return null;
        }
        try {
            CacheRules usual = CacheRules.DEFAULT;
            return new CacheRules(usual.scope(), Durations.parse(keep), usual.most(), usual.entries()).keep();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Refusal.badRequest("'keep' is a time like 1d, 1s to 366d, found " + Refusal.quoted(keep) + ".");
        }
    }

    @GetMapping("/{cache}/export")
    @Needs(Permission.READ)
    @Doc(
            "All entries of a cache as a CSV file, a row for each payload that they are made of; an import takes it. Those of one run or one"
                    + " flow where the cache is theirs")
    @Answers
    ResponseEntity<Resource> export(
            @PathVariable String cache,
            @RequestParam(required = false) @Doc("Id of the run that they are of") @Nullable String run,
            @RequestParam(required = false) @Doc("Id of the flow that they are of") @Nullable String flow) {
        InputStream rows = CacheCsvOut.of(caches, space(cache, run, flow));
        return file(new MediaType("text", "csv", StandardCharsets.UTF_8), "cache.csv", rows);
    }

    /** The one that a call is about. */
    private CacheSpace space(String cache, @Nullable String run, @Nullable String flow) {
        if (run != null && flow != null) {
            throw Refusal.badRequest("Give 'run' or 'flow', not both.");
        }
        Scope scope = run != null ? Scope.RUN : flow != null ? Scope.FLOW : Scope.COMPANY;
        Scope usual = flows.stores().cache(cache).scope();
        if (scope == Scope.COMPANY && usual != Scope.COMPANY && !shared(cache)) {
            throw Refusal.badRequest(scopes(cache, usual));
        }
        return new CacheSpace(cache, rules(cache, scope), run != null ? run : flow != null ? flow : "");
    }

    /** Whether something is left of a time when all flows shared it. */
    private boolean shared(String cache) {
        return caches.spaces(cache, null, 1).stream().anyMatch(space -> space.scope() == Scope.COMPANY);
    }

    private static String scopes(String cache, Scope scope) {
        String name = "Cache " + Refusal.quoted(cache);
        return switch (scope) {
            case RUN -> name + " is one of runs: say whose with 'run', the id of a run.";
            case FLOW -> name + " is one of flows: say whose with 'flow', the id of a flow.";
            case COMPANY -> name + " is one that all flows share: leave 'run' and 'flow' out.";
        };
    }

    private CacheRules rules(String cache, Scope scope) {
        CacheRules rules = flows.stores().cache(cache);
        return new CacheRules(scope, rules.keep(), rules.most(), rules.entries());
    }

    /** What a store says of a change, as an answer. */
    static ErrorResponseException refused(StepException e, String more) {
        if (e.owner() == Owner.INTERNAL) {
            throw new IllegalStateException("the caches do not answer", e);
        }
        return Refusal.conflict(Refusal.sentence(String.valueOf(e.getMessage())) + more);
    }
}
