package io.patchbay.connector.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.format.FormatName;
import io.patchbay.format.ZipMembers;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The records of the members of a zip file, one member after the other; one of them is on disk at a time. */
final class MemberRecords implements RecordSource {

    private final ReadContent packed;
    private final ContentConfig config;
    private final ZipMembers members;
    private @Nullable Path file;
    private @Nullable RecordSource records;
    private @Nullable String name;
    private long asked;
    private long before;

    MemberRecords(ReadContent packed, ContentConfig config) throws StepException {
        this.packed = packed;
        this.config = config;
        this.members = new ZipMembers(packed.payload(), packed.folder(), config.members());
    }

    @Override
    public @Nullable JsonNode next() throws StepException {
        asked++;
        while (records != null || begins()) {
            JsonNode record = records == null ? null : records.next();
            if (record != null) {
                return record;
            }
            end();
        }
        return null;
    }

    /** Whether there is one more member. */
    private boolean begins() throws StepException {
        ZipMembers.Member member = members.next();
        if (member == null) {
            return false;
        }
        file = member.file();
        name = member.name();
        before = asked - 1;
        ReadContent content = new ReadContent(
                packed.payload().withBody(member.body(), RecordPath.ROOT),
                "member '" + name + "' of " + packed.subject(),
                packed.type(),
                packed.said(),
                packed.setting(),
                packed.unpacks(),
                packed.folder());
        FormatName format =
                config.format() == FormatName.AUTO ? ContentReader.detected(content, name) : config.format();
        records = ContentReader.plain(content, format, config);
        return true;
    }

    private void end() {
        RecordSource ended = records;
        Path held = file;
        records = null;
        file = null;
        try (ended) {
            if (held != null) {
                Files.deleteIfExists(held);
            }
        } catch (IOException e) {
            // it was only read
        }
    }

    @Override
    public @Nullable FormatName format() {
        return records == null ? null : records.format();
    }

    @Override
    public @Nullable String part() {
        return name;
    }

    @Override
    public long before() {
        return before;
    }

    @Override
    public void close() {
        end();
        members.close();
    }
}
