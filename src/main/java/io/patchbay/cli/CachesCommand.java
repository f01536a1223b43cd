package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caches}: payloads that flows keep under keys. */
@Command(
        name = "caches",
        mixinStandardHelpOptions = true,
        description =
                "Lists caches, or the entries of one; reads and deletes entries, takes them in and hands them out as CSV.")
final class CachesCommand extends RuntimeVerb {

    private static final String ALL = "/api/v1/caches";

    @Parameters(arity = "0..1", paramLabel = "CACHE", description = "Which cache.")
    private @Nullable String cache;

    @Option(names = "--run", paramLabel = "ID", description = "The run that the entries are of.")
    private @Nullable String run;

    @Option(names = "--flow", paramLabel = "ID", description = "The flow that the entries are of.")
    private @Nullable String flow;

    @Option(names = "--keys", paramLabel = "PATTERN", description = "Only such keys: * stands for any characters.")
    private @Nullable String keys;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most entries that are listed, 1 to 500 (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            description = "How long imported entries are kept (as the cache says unless told).")
    private @Nullable String keep;

    @Option(names = "--page", paramLabel = "N", description = "Which page --read reads, from 1 on.")
    private @Nullable Integer page;

    @Option(names = "--to", paramLabel = "FILE", description = "Where --read writes; to the screen unless told.")
    private @Nullable Path to;

    @ArgGroup
    private @Nullable Change change;

    /** What is to be done with one cache. */
    static final class Change {
        @Option(names = "--read", paramLabel = "KEY", description = "Reads what stands under this key.")
        private @Nullable String read;

        @Option(names = "--delete", paramLabel = "KEY", description = "Deletes this key.")
        private @Nullable String delete;

        @Option(
                names = "--delete-all",
                description =
                        "Deletes all entries, or those that --keys names; of every run and flow where none is named.")
        private boolean deleteAll;

        @Option(names = "--import", paramLabel = "FILE", description = "Takes entries in from a CSV file: key, value.")
        private @Nullable Path in;

        @Option(names = "--export", paramLabel = "FILE", description = "Writes all entries to a CSV file.")
        private @Nullable Path out;
    }

    CachesCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Change wanted = change;
        if (cache == null && (wanted != null || run != null || flow != null || keys != null)) {
            throw new Refused(Refused.WRONG_USE, "Name the CACHE that this is about.");
        }
        if ((page != null || to != null) && (wanted == null || wanted.read == null)) {
            throw new Refused(Refused.WRONG_USE, "--page and --to go with --read KEY.");
        }
        if (cache == null) {
            JsonNode answer = runtime().get(ALL + "?limit=" + limit);
            tellCaches(answer);
            return 0;
        }
        String path = ALL + "/" + RuntimeClient.encoded(cache);
        if (wanted == null) {
            JsonNode answer = runtime().get(path + "/entries?limit=" + limit + pattern() + whose());
            tellEntries(answer);
        } else {
            change(path, wanted);
        }
        return 0;
    }

    private void change(String path, Change wanted) {
        if (wanted.read != null) {
            read(path + "/entry?key=" + RuntimeClient.encoded(wanted.read) + (page == null ? "" : "&page=" + page)
                    + whose());
        } else if (wanted.out != null) {
            save(path + "/export?" + whose(), wanted.out);
        } else if (wanted.in != null) {
            JsonNode answer = taken(path, wanted.in);
            print(
                    answer,
                    out -> out.println("taken in: " + answer.path("entries").asText() + " entries of "
                            + answer.path("rows").asText() + " rows"));
        } else {
            JsonNode answer = runtime().post(path + "/delete?" + deleted(wanted) + whose());
            print(
                    answer,
                    out -> out.println("deleted: " + answer.path("deleted").asText()));
        }
    }

    private String whose() {
        return (run == null ? "" : "&run=" + RuntimeClient.encoded(run))
                + (flow == null ? "" : "&flow=" + RuntimeClient.encoded(flow));
    }

    private String pattern() {
        return keys == null ? "" : "&keys=" + RuntimeClient.encoded(keys);
    }

    private String deleted(Change wanted) {
        String key = wanted.delete;
        if (key != null) {
            return "key=" + RuntimeClient.encoded(key) + pattern();
        }
        return wanted.deleteAll && keys == null ? "all=true" : pattern().substring(1);
    }

    private void read(String path) {
        Path file = to;
        if (file != null) {
            save(path, file);
            return;
        }
        out().println(runtime().text(path));
    }

    private JsonNode taken(String path, Path file) {
        try {
            String query = keep == null ? "" : "&keep=" + RuntimeClient.encoded(keep);
            return runtime()
                    .send(
                            path + "/import?" + query + whose(),
                            "text/csv",
                            BodyPublishers.ofFile(terminal().folder().resolve(file)));
        } catch (FileNotFoundException e) {
            throw new Refused(Refused.WRONG_USE, "There is no file " + file + ".");
        }
    }

    private void save(String path, Path file) {
        try {
            runtime().save(path, terminal().folder().resolve(file));
            out().println("written to " + file);
        } catch (IOException e) {
            throw new Refused(Refused.FAILED, "The file " + file + " cannot be written: " + e.getMessage());
        }
    }

    private void tellCaches(JsonNode answer) {
        Table table = new Table("cache", "scope", "of", ">entries", ">bytes");
        print(
                answer,
                table,
                one -> List.of(
                        one.path("name").asText(),
                        one.path("scope").asText(),
                        one.path("owner").isTextual() ? one.path("owner").asText() : "all flows",
                        one.path("entries").asText(),
                        one.path("bytes").asText()),
                "No cache has entries.");
    }

    private void tellEntries(JsonNode answer) {
        Table table = new Table("key", "kind", ">parts", ">bytes", "written", "expires");
        print(
                answer,
                table,
                one -> List.of(
                        one.path("key").asText(),
                        one.path("kind").asText(),
                        one.path("parts").asText(),
                        one.path("bytes").asText(),
                        one.path("written").asText(),
                        one.path("expires").asText()),
                "There are no such entries.");
    }
}
