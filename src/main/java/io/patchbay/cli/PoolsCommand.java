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

/** {@code pools}: keys of records that were sent. */
@Command(
        name = "pools",
        mixinStandardHelpOptions = true,
        description = "Lists data pools, or the keys of one; forgets keys, takes keys in and hands them out as CSV.")
final class PoolsCommand extends RuntimeVerb {

    private static final String ALL = "/api/v1/pools";

    @Parameters(arity = "0..1", paramLabel = "POOL", description = "Which pool.")
    private @Nullable String pool;

    @Option(names = "--entity", paramLabel = "NAME", description = "Only keys of this entity.")
    private @Nullable String entity;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only keys that begin like this.")
    private @Nullable String prefix;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Most keys that are listed, 1 to 500 (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            description = "How long imported keys are remembered (90d unless told).")
    private @Nullable String keep;

    @ArgGroup
    private @Nullable Change change;

    /** What is to be done with one pool. */
    static final class Change {
        @Option(
                names = "--forget",
                paramLabel = "KEY",
                description = "Forgets this key: its record is let through again.")
        private @Nullable String forget;

        @Option(names = "--forget-all", description = "Forgets all keys, or those that --entity and --prefix name.")
        private boolean forgetAll;

        @Option(names = "--import", paramLabel = "FILE", description = "Remembers the keys in a CSV file: key, entity.")
        private @Nullable Path in;

        @Option(names = "--export", paramLabel = "FILE", description = "Writes all keys to a CSV file.")
        private @Nullable Path out;
    }

    PoolsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Change wanted = change;
        if (pool == null && (wanted != null || entity != null || prefix != null)) {
            throw new Refused(Refused.WRONG_USE, "Name the POOL that this is about.");
        }
        if (pool == null) {
            JsonNode answer = runtime().get(ALL + "?limit=500");
            tellPools(answer);
            return 0;
        }
        String path = ALL + "/" + RuntimeClient.encoded(pool);
        if (wanted == null) {
            JsonNode answer = runtime().get(path + "/keys?limit=" + limit + which());
            tellKeys(answer);
        } else if (wanted.out != null) {
            export(path, wanted.out);
        } else if (wanted.in != null) {
            JsonNode answer = taken(path, wanted.in);
            print(
                    answer,
                    out -> out.println("added " + answer.path("added").asText() + " of "
                            + answer.path("rows").asText() + " keys; the others were there"));
        } else {
            JsonNode answer = runtime().post(path + "/forget?" + forgotten(wanted));
            print(
                    answer,
                    out -> out.println("forgotten: " + answer.path("forgotten").asText()));
        }
        return 0;
    }

    private String which() {
        return (entity == null ? "" : "&entity=" + RuntimeClient.encoded(entity))
                + (prefix == null ? "" : "&prefix=" + RuntimeClient.encoded(prefix));
    }

    private String forgotten(Change wanted) {
        String key = wanted.forget;
        if (key != null) {
            return "key=" + RuntimeClient.encoded(key) + which();
        }
        return wanted.forgetAll && which().isEmpty() ? "all=true" : which().substring(1);
    }

    private JsonNode taken(String path, Path file) {
        try {
            String query = keep == null ? "" : "?keep=" + RuntimeClient.encoded(keep);
            return runtime()
                    .send(
                            path + "/import" + query,
                            "text/csv",
                            BodyPublishers.ofFile(terminal().folder().resolve(file)));
        } catch (FileNotFoundException e) {
            throw new Refused(Refused.WRONG_USE, "There is no file " + file + ".");
        }
    }

    private void export(String path, Path file) {
        try {
            Path to = terminal().folder().resolve(file);
            runtime().save(path + "/export", to);
            out().println("written to " + file);
        } catch (IOException e) {
            throw new Refused(Refused.FAILED, "The file " + file + " cannot be written: " + e.getMessage());
        }
    }

    private void tellPools(JsonNode answer) {
        Table table = new Table("pool", ">remembered", ">claimed");
        print(
                answer,
                table,
                one -> List.of(
                        one.path("name").asText(),
                        one.path("remembered").asText(),
                        one.path("claimed").asText()),
                "No pool has keys.");
    }

    private void tellKeys(JsonNode answer) {
        Table table = new Table("entity", "key", "state", "run", "since", "expires");
        print(
                answer,
                table,
                one -> List.of(
                        one.path("entity").asText(),
                        one.path("key").asText(),
                        one.path("claimed").asBoolean() ? "claimed" : "remembered",
                        one.path("run").isTextual() ? one.path("run").asText() : "an operator",
                        one.path("since").asText(),
                        one.path("expires").asText()),
                "There are no such keys.");
    }
}
