package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.payload.BoundedStream;
import io.patchbay.run.pool.KeptPools;
import io.patchbay.shape.PoolRules;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Data pools: seen, forgotten, taken in and handed out. */
@RestController
@RequestMapping("/api/v1/pools")
@Doc("Data pools: keys of records that were sent")
final class PoolsResource {

    private static final Pattern NAME = Pattern.compile("(?=.{1,100}$)[A-Za-z0-9_-]+(@[a-z0-9-]+)?");

    private final KeptPools pools;
    private final ApiProperties settings;

    PoolsResource(KeptPools pools, ApiProperties settings) {
        this.pools = pools;
        this.settings = settings;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("Pools that have keys, by name")
    @Answers
    Page<PoolView> list(
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<PoolView> all = pools.pools().stream().map(PoolView::of).toList();
        return Page.of(all, PoolView::name, after, Page.limit(limit));
    }

    @GetMapping(path = "/{pool}/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.READ)
    @Doc("Keys of a pool, by entity and key; none for a pool that has none")
    @Answers
    Page<PoolKeyView> keys(
            @PathVariable String pool,
            @RequestParam(required = false) @Doc("Only of this entity; empty for those of none") @Nullable
                    String entity,
            @RequestParam(required = false) @Doc("Only keys that begin like this") @Nullable String prefix,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        int most = Page.limit(limit);
        List<KeptPools.PoolKey> found = pools.keys(pool, new KeptPools.Query(entity, prefix, place(after), most + 1));
        List<PoolKeyView> views =
                found.stream().limit(most).map(PoolKeyView::of).toList();
        if (found.size() <= most) {
            return Page.all(views);
        }
        PoolKeyView last = views.get(most - 1);
        return new Page<>(views, last.entity().length() + ":" + last.entity() + last.key());
    }

    private static KeptPools.@Nullable Place place(@Nullable String after) {
        if (after == null) {
            return null;
        }
        try {
            int mark = after.indexOf(':');
            int entity = mark + 1 + Integer.parseInt(after.substring(0, mark));
            return new KeptPools.Place(after.substring(mark + 1, entity), after.substring(entity));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Refusal.after(after);
        }
    }

    @PostMapping(path = "/{pool}/forget", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.OPERATE)
    @Doc(
            "Forgets keys, so that their records are let through again: one, those of an entity or that begin alike, or all")
    @Answers(problems = 404)
    ForgottenView forget(
            @PathVariable String pool,
            @RequestParam(required = false) @Doc("This one; with 'entity' where it has one") @Nullable String key,
            @RequestParam(required = false) @Doc("Those of this entity") @Nullable String entity,
            @RequestParam(required = false) @Doc("Those that begin like this") @Nullable String prefix,
            @RequestParam(defaultValue = "false") @Doc("All of them") boolean all) {
        if (key != null) {
            if (prefix != null || all) {
                throw Refusal.badRequest("Give either 'key', or 'prefix' and 'entity', or 'all'.");
            }
            if (!pools.forget(pool, entity == null ? "" : entity, key)) {
                throw Refusal.notFound("key in pool " + Refusal.quoted(pool), key);
            }
            return new ForgottenView(1);
        }
        if (all == (entity != null || (prefix != null && !prefix.isEmpty()))) {
            throw Refusal.badRequest(
                    "Give 'key', or 'prefix' and 'entity' or one of them, or 'all=true' for all keys.");
        }
        return new ForgottenView(pools.forgetAll(pool, entity, prefix));
    }

    @PostMapping(path = "/{pool}/import", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.OPERATE)
    @Doc(
            "Remembers the keys of a CSV file whose first row names the columns key and, where wanted, entity; keys that are there stay as they"
                    + " are")
    @Answers(problems = 413)
    ImportedView add(
            @PathVariable String pool,
            @RequestParam(required = false) @Doc("How long they are remembered, like 30d; 90d unless told") @Nullable
                    String keep,
            HttpServletRequest request)
            throws IOException {
        if (!NAME.matcher(pool).matches()) {
            throw Refusal.badRequest(
                    "A pool is a name of letters, digits, - and _, at most 100, found " + Refusal.quoted(pool) + ".");
        }
        long most = settings.maxBody().toBytes();
        return PoolCsv.in(
                pools,
                pool,
                new BoundedStream(new EndingStream(request.getInputStream()), most, BodyTooLargeException::new),
                time(keep));
    }

    private static Duration time(@Nullable String keep) {
        try {
            return keep == null ? PoolRules.DEFAULT.keep() : new PoolRules(Durations.parse(keep)).keep();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Refusal.badRequest(
                    "'keep' is a time like 30d, 1s to 3660d, found " + Refusal.quoted(String.valueOf(keep)) + ".");
        }
    }

    @GetMapping("/{pool}/export")
    @Needs(Permission.READ)
    @Doc("All keys of a pool as a CSV file: key, entity, state, run, since, expires; an import takes it")
    @Answers
    ResponseEntity<Resource> export(@PathVariable String pool) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"pool.csv\"")
                .contentType(new MediaType("text", "csv", java.nio.charset.StandardCharsets.UTF_8))
                .body(new InputStreamResource(PoolCsv.out(pools, pool)));
    }
}
