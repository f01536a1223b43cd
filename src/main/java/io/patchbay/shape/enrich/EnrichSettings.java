package io.patchbay.shape.enrich;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.connector.Join;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.TemplateTree;
import io.patchbay.shape.CallsEndpoint;
import io.patchbay.shape.EndpointUse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Settings of an enricher. */
@Doc("What to ask, and where the answer goes")
public record EnrichSettings(
        @Doc("Name of the instance") String instance,

        @Doc(
                "Connector with the version that this flow asks for, like shop@2 or shop@2.3.0; else the instance's own version")
        @Nullable
        String connector,

        @Doc("Id of the endpoint, like customers.find; one that reads")
        String endpoint,

        @Doc("Values for the endpoint's inputs; what reads ${record.…} is asked for each record, the same only once")
        @Default("{}")
        Map<String, TemplateTree> with,

        @Doc(
                "What a record and its matches in the answer have in common; without it, all of an answer belongs to who asked")
        @Nullable
        MatchSettings match,

        @Doc("Where a record gets what was found: names, like customer or erp.customer")
        TargetPath into,

        @Doc(
                "What happens to a record for which nothing is found: keep (with null, or [] with onMany: all), drop or fail")
        @Default("keep")
        Join.None onNone,

        @Doc("What a record gets for which several are found: first, all (then it is always a list), or fail")
        @Default("first")
        Join.Many onMany,

        @Doc(
                "What happens to records whose request stays failed: record (each fails by itself), payload (all fail) or keep")
        @Default("record")
        Join.Failure onFailure,

        @Doc(
                "Most values that one request asks for, where the input is a list; else its maxItems, or 100. 1 asks for one at a"
                        + " time")
        @Nullable
        @Range(min = 1, max = 10_000)
        Integer batch,

        @Doc("Requests of a payload that are on their way at the same time") @Default("1") @Range(min = 1, max = 64)
        int concurrency,

        @Doc("Most records that one answer may have, and that are kept of all answers for one payload")
        @Default("100000")
        @Range(min = 1, max = 1_000_000)
        int most,

        @Doc("Keeps answers for later payloads and runs") @Nullable
        CacheSettings cache)
        implements CallsEndpoint {

    /** How records of an answer are matched to those that asked. */
    @Doc("How records of an answer are matched to the records that asked for them")
    public record MatchSettings(
            @Doc(
                    "Where a record has what its matches have too, like sku or lines[*].sku; text and numbers that read alike are alike")
            SourcePath record,

            @Doc("Where a record of the answer has it") SourcePath answer) {

        Join.By by() {
            return new Join.By(record, answer);
        }
    }

    /** How long answers are kept. */
    @Doc("How long answers are kept, and how many")
    public record CacheSettings(
            @Doc(
                    "A cache of routes/stores.yaml, of scope flow or company, which all replicas share and a restart does not empty;"
                            + " else they are kept in the memory of this process")
            @Nullable
            String name,

            @Doc("How long an answer is used, at most 366d; in a named cache no longer than that keeps it")
            Duration keepFor,

            @Doc("How long it is kept that nothing was found, at most keepFor; 0s asks each time") @Default("1m")
            Duration missesFor,

            @Doc(
                    "What the answers in memory may have together, 16MB unless given, at most 1GB; beyond it those that are used least go")
            @Nullable
            DataSize most) {

        private static final Duration LONGEST = Duration.ofDays(366);
        private static final DataSize LARGEST = DataSize.ofGigabytes(1);
        private static final DataSize USUAL = DataSize.ofMegabytes(16);

        public CacheSettings {
            if (keepFor.compareTo(Duration.ofSeconds(1)) < 0 || keepFor.compareTo(LONGEST) > 0) {
                throw new WrongValueException(
                        "'keepFor' must be at least 1s and at most 366d", "write it like keepFor: 10m");
            }
            if (missesFor.isNegative()) {
                throw new WrongValueException("'missesFor' cannot be negative", "write it like missesFor: 1m");
            }
            if (name != null && most != null) {
                throw new WrongValueException(
                        "'most' bounds the memory, and a named cache has its own bounds", "take 'most' out, or 'name'");
            }
            if (most != null && (most.toBytes() < 1 || most.compareTo(LARGEST) > 0)) {
                throw new WrongValueException("'most' must be at least 1B and at most 1GB", "write it like most: 16MB");
            }
            missesFor = missesFor.compareTo(keepFor) > 0 ? keepFor : missesFor;
        }

        long bytes() {
            return (most == null ? USUAL : most).toBytes();
        }
    }

    @Override
    public EndpointUse use() {
        return new EndpointUse(instance, connector, endpoint, with);
    }
}
