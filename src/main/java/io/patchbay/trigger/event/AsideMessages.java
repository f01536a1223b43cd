package io.patchbay.trigger.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The messages that lie aside, for people who look: {@link Aside} has put them there. */
public final class AsideMessages {

    private static final Pattern FLOW = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
    private static final Pattern ID = Pattern.compile("[0-9TZ-]{10,40}-[0-9a-f]{8}");
    private static final String ENDING = ".json";

    private final Path root;

    /** Those below this folder. */
    public AsideMessages(Path root) {
        this.root = root;
    }

    /**
     * A message that lies aside.
     *
     * @param flow whose trigger took it
     * @param id its name there
     * @param at since when
     * @param why it became no start
     * @param contentType its media type
     * @param size in bytes
     */
    public record Message(String flow, String id, Instant at, String why, String contentType, long size) {}

    /** How many there are, by flow. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Path flow : below(root)) {
            long count = below(flow).stream()
                    .filter(file -> file.toString().endsWith(ENDING))
                    .count();
            if (count > 0) {
                counts.put(String.valueOf(flow.getFileName()), count);
            }
        }
        return counts;
    }

    /** All, by flow and the time when they came. */
    public List<Message> list() {
        List<Message> all = new ArrayList<>();
        for (Path flow : below(root)) {
            for (Path file : below(flow)) {
                message(String.valueOf(flow.getFileName()), file).ifPresent(all::add);
            }
        }
        all.sort(Comparator.comparing(Message::flow).thenComparing(Message::id));
        return all;
    }

    /** Deletes one with its content. @return false when there is none */
    public boolean discard(String flow, String id) {
        if (!FLOW.matcher(flow).matches() || !ID.matcher(id).matches()) {
            return false;
        }
        Path folder = root.resolve(flow);
        try {
            boolean there = Files.deleteIfExists(folder.resolve(id + ENDING));
            return Files.deleteIfExists(folder.resolve(id + ".body")) || there;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Message> message(String flow, Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(ENDING)) {
            return Optional.empty();
        }
        try {
            JsonNode about = Json.MAPPER.readTree(file.toFile());
            return Optional.of(new Message(
                    flow,
                    name.substring(0, name.length() - ENDING.length()),
                    Instant.parse(about.path("at").asText()),
                    about.path("why").asText(),
                    about.path("contentType").asText(),
                    about.path("size").asLong()));
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty(); // it is being written, or somebody else's
        }
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
