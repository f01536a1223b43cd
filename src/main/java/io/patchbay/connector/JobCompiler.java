package io.patchbay.connector;

import io.patchbay.connector.Endpoint.JobCall;
import io.patchbay.connector.definition.AsyncJobConfig;
import io.patchbay.connector.definition.DeletesConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.problem.DidYouMean;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles jobs. */
final class JobCompiler {

    private static final Place ROOT = Place.parse("$");

    private final Compiling compiling;
    private final Map<String, EndpointConfig> endpoints;

    JobCompiler(Compiling compiling, Map<String, EndpointConfig> endpoints) {
        this.compiling = compiling;
        this.endpoints = endpoints;
    }

    JobCall compile(EndpointConfig endpoint, AsyncJobConfig job, String... keys) {
        String[] place = Compiling.below(keys, "asyncJob");
        Set<String> inputs = endpoint.inputs().keySet();
        Set<String> known = new LinkedHashSet<>(inputs);
        check(job.create(), known, place, "create");
        known.add("job");
        check(job.poll(), known, place, "poll");
        if (job.cancel() != null) {
            check(job.cancel(), known, place, "cancel");
        }
        if (job.urlPath() != null) {
            known.add("url");
        }
        EndpointConfig download = job.download() == null ? null : check(job.download(), known, place, "download");
        if (job.urlPath() != null && job.download() == null) {
            compiling.error(
                    compiling.at(Compiling.below(place, "urlPath")),
                    "NOT_HERE",
                    "'urlPath' belongs to 'download'",
                    "name an endpoint with url: '${with.url}'");
        }
        boolean many = download != null && many(download);
        DeletesConfig deletes = download == null ? null : download.deletes();
        if (deletes != null
                && deletes.type() != DeletesConfig.Type.NONE
                && deletes.type() != DeletesConfig.Type.TOMBSTONE_FIELD) {
            compiling.error(
                    compiling.at(Compiling.below(place, "download")),
                    "NOT_HERE",
                    "the result of a job tells deletes by a field of its records only (tombstoneField)",
                    "take 'deletes' out of '" + job.download() + "'");
        }
        if (many && endpoint.kind().acts()) {
            compiling.error(
                    compiling.at(Compiling.below(place, "download")),
                    "NOT_HERE",
                    "the result of a write is one answer",
                    "leave paginator, recordSelector.chunk and response.content out of '" + job.download() + "'");
        }
        return new JobCall(
                job,
                path(job.jobPath(), place, "jobPath"),
                path(job.statusPath(), place, "statusPath"),
                job.urlPath() == null ? null : path(job.urlPath(), place, "urlPath"),
                many);
    }

    private static boolean many(EndpointConfig download) {
        return download.paginator() != null || download.inPieces();
    }

    private Place path(String text, String[] place, String key) {
        Place parsed = compiling.parsed(text, Place::parse, Compiling.below(place, key));
        return parsed == null ? ROOT : parsed;
    }

    /** Endpoints of a job are requests of their own whose inputs the job can give. */
    private @Nullable EndpointConfig check(String id, Set<String> known, String[] keys, String key) {
        EndpointConfig found = endpoints.get(id);
        if (found == null || found.asyncJob() != null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, key)),
                    "UNKNOWN_ENDPOINT",
                    "'" + id + "' is not an endpoint of this connector that makes a request",
                    DidYouMean.hint(id, endpoints.keySet()));
            return null;
        }
        if (!key.equals("download")) {
            ContentCompiler.one(compiling, id, found, "'" + key + "' of a job", Compiling.below(keys, key));
        }
        List<String> missing = found.inputs().entrySet().stream()
                .filter(input -> input.getValue().mandatory() && !known.contains(input.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            compiling.error(
                    compiling.at(Compiling.below(keys, key)),
                    "MISSING_INPUT",
                    "'" + id + "' needs the input '" + missing.get(0) + "', which a job does not give at '" + key + "'",
                    "a job gives " + String.join(", ", known));
        }
        return found;
    }
}
